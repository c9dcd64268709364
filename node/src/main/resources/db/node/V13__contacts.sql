-- register of organisations, contacts, representatives, servers and domain names -----------------

-- How often the own register was changed; who changes it holds the row.
create table register_state (
    single     boolean primary key default true check (single),
    revision   bigint      not null,
    changed_at timestamptz not null
);
insert into register_state (revision, changed_at) values (0, 'epoch');

-- The own entries as they stand. What they say is sealed, each with a key of its own that no backup
-- contains.
create table register_entries (
    id           uuid primary key,
    kind         text        not null check (kind in ('organisation', 'contact', 'representative', 'server', 'domain')),
    -- Pseudonym of the account that answers for it; after a recovery perhaps of one that is not there.
    owner        text        not null,
    valid_until  date        not null,
    confirmed_at timestamptz not null,
    content      bytea       not null
);

create table register_changes (
    id        bigint generated always as identity primary key,
    entry     uuid        not null,
    event     text        not null check (event in ('added', 'changed', 'confirmed', 'removed', 'erased')),
    role      text        not null,
    pseudonym text        not null,
    at        timestamptz not null,
    -- Sealed with the key of the entry: what it says since then.
    content   bytea       not null
);
create index on register_changes (entry, id);
create trigger register_changes_only_grows before update or delete or truncate on register_changes
    for each statement execute function refuse_change();

-- Contacts that have an account on this node.
create table contact_accounts (
    contact uuid primary key,
    account uuid not null references accounts
);

-- How far each peer was told of the own register.
create table register_sending (
    channel  integer primary key references channels,
    revision bigint not null
);

-- Registers as they were sent, in both directions; what they say stands in their parts.
create table register_versions (
    message        bigint primary key references messages,
    channel        integer     not null references channels,
    direction      text        not null check (direction in ('in', 'out')),
    issued_at      timestamptz not null,
    recorded_at    timestamptz not null,
    refusal_clause text,
    refusal_reason text
);
create index on register_versions (channel, direction, message);

create table register_parts (
    message      bigint  not null references register_versions,
    no           integer not null,
    entry        uuid    not null,
    leaf         bytea   not null,
    valid_until  date        not null,
    confirmed_at timestamptz not null,
    primary key (message, no)
);

-- drills ----------------------------------------------------------------------------------------

create table drill_schedules (
    id         uuid primary key,
    channel    integer     not null references channels,
    next_at    timestamptz not null,
    -- 0: only once.
    every_days integer     not null check (every_days between 0 and 730),
    hours      integer     not null check (hours between 1 and 168),
    -- Why it could not begin when it was due; empty where nothing is wrong.
    problem    text        not null default ''
);

create table drills (
    no             bigint generated always as identity primary key,
    channel        integer     not null references channels,
    direction      text        not null check (direction in ('in', 'out')),
    -- Chosen by whoever drills; also the id of the message.
    id             uuid        not null,
    message        bigint      not null references messages,
    sent_at        timestamptz not null,
    answer_by      timestamptz not null,
    refusal_clause text,
    refusal_reason text,
    unique (channel, direction, id)
);
create index on drills (sent_at);

create table drill_contacts (
    drill   bigint not null references drills,
    contact uuid   not null,
    primary key (drill, contact)
);

-- At most one for each contact of a drill.
create table drill_answers (
    drill       bigint not null,
    contact     uuid   not null,
    message     bigint      not null references messages,
    answered_at timestamptz not null,
    by          text        not null check (by in ('contact', 'colleague')),
    role        text        not null,
    -- By the receipt; absent while the answer is on its way.
    received_at timestamptz,
    primary key (drill, contact),
    foreign key (drill, contact) references drill_contacts
);
create index on drill_answers (message);

-- emergencies -----------------------------------------------------------------------------------

-- Notices that claim an emergency, and what the call-backs made of it.
create table emergencies (
    -- The case or the notice.
    subject      uuid primary key,
    channel      integer     not null references channels,
    notice       uuid        not null,
    organisation text        not null,
    -- When it was received, or on the authority's side sent.
    claimed_at   timestamptz not null,
    state        text        not null check (state in ('claimed', 'denied', 'confirmed')),
    confirmed_at timestamptz check ((confirmed_at is not null) = (state = 'confirmed')),
    unique (channel, notice)
);

create table call_backs (
    message   bigint primary key references messages,
    subject   uuid        not null references emergencies,
    id        uuid        not null,
    outcome   text        not null check (outcome in ('confirmed', 'denied', 'not_reached')),
    called_at timestamptz not null,
    role      text        not null,
    -- Of the part with number and names.
    leaf      bytea       not null,
    -- Why the other side did not take it up; empty where it did.
    refusal   text        not null default '',
    unique (subject, id)
);

create table call_back_answers (
    call_back   bigint primary key references call_backs,
    message     bigint      not null references messages,
    confirmed   boolean     not null,
    role        text        not null,
    answered_at timestamptz not null
);
create index on call_back_answers (message);
