-- Appeals of affected users against what was decided about an item.

-- Who decided or confirmed what about an item, for four eyes over its appeal; told to nobody.
create table deciders (
    case_id uuid    not null,
    no      integer not null,
    account uuid    not null references accounts,
    primary key (case_id, no, account),
    foreign key (case_id, no) references case_items
);

-- The secret addresses that statements carry: each is told to the affected user alone.
create table appeal_links (
    -- The action of the connector with which it is told.
    action     uuid        primary key references actions,
    case_id    uuid        not null,
    no         integer     not null,
    -- SHA-256 of the secret in the address.
    secret     bytea       not null unique,
    -- The secret itself, sealed, only until the statement is delivered: a repeated call says the same.
    sealed     bytea,
    -- Until when the user may appeal; from the moment of telling once that is known.
    open_until timestamptz not null,
    told_at    timestamptz,
    foreign key (case_id, no) references case_items
);
create index on appeal_links (case_id, no);

-- The appeal whose outcome is told, or which has the content restored.
alter table actions add column appeal uuid;

-- How each appeal stands, on both sides; worked out of messages, but for the sealed words.
create table appeals (
    id              uuid        primary key,
    channel         integer     not null references channels,
    -- As the messages call it.
    appeal          uuid        not null,
    notice          uuid        not null,
    -- The notice on an authority's node, the case on a platform's.
    subject         uuid        not null,
    no              integer     not null,
    reference       text        not null,
    appellant       text        not null check (appellant in ('author', 'association')),
    agreement       bytea       not null,
    filed_at        timestamptz not null,
    message         bigint      not null unique references messages,
    -- Of the part with the words, where the authority may read them.
    words_leaf      bytea,
    -- On the platform's node: words and contact, with a key of their own.
    sealed          bytea,
    -- By the authority's receipt; the clock runs from there.
    received_at     timestamptz,
    due_at          timestamptz not null,
    outcome         text check (outcome in ('granted', 'rejected', 'withdrawn')),
    -- Absent where the notice was withdrawn.
    outcome_message bigint references messages,
    role            text,
    reasons_leaf    bytea,
    decided_at      timestamptz,
    -- By the authority's receipt.
    answered_at     timestamptz,
    -- Whether the content is shown again, and by when.
    restores        boolean,
    restore_by      timestamptz,
    -- When words and contact are destroyed.
    erase_at        timestamptz,
    changed_at      timestamptz not null,
    unique (channel, appeal),
    unique (subject, no, appellant),
    check ((outcome is null) = (decided_at is null))
);
create index on appeals (due_at, id) where outcome is null;
create index on appeals (decided_at desc, id desc) where outcome is not null;
create index on appeals (erase_at) where erase_at is not null;

-- Who decides it now.
create table appeal_claims (
    appeal  uuid        primary key references appeals,
    account uuid        not null references accounts,
    until   timestamptz not null
);
