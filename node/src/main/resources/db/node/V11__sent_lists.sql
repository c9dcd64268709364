-- Signature lists that authorities send, and what platforms get.

create table sent_lists (
    -- Also the id of the message.
    id             uuid primary key,
    channel        integer not null references channels,
    state          text    not null check (state in ('draft', 'sent', 'refused')),
    -- How its authority calls it; several messages may add to one list.
    list           text    not null,
    name           text    not null,
    category       text    not null,
    entries        integer not null,
    -- Sealed, as the entries are, while it is a draft; once sent it lives in encrypted parts alone.
    draft          bytea,
    draft_seed     bytea,
    drafted_by     uuid references accounts,
    message        bigint references messages,
    facts_leaf     bytea,
    refusal_clause text,
    refusal_reason text,
    created_at     timestamptz not null,
    changed_at     timestamptz not null
);
create index on sent_lists (changed_at, id);

create table sent_list_drafts (
    list    uuid    not null references sent_lists,
    no      integer not null,
    entries bytea   not null,
    primary key (list, no)
);

create table sent_list_approvals (
    list        uuid not null references sent_lists,
    account     uuid not null references accounts,
    approved_at timestamptz not null,
    primary key (list, account)
);

-- On the platform: what each message brought.
create table received_lists (
    message   bigint primary key references messages,
    channel   integer not null references channels,
    facts     bytea   not null,
    agreement bytea   not null,
    import    bigint  not null references list_imports
);
create index on received_lists (import);

-- A party's id, a dot, and what it calls the list.
alter table signature_lists drop constraint signature_lists_id_check;
alter table signature_lists add constraint signature_lists_id_check check (id ~ '^[a-z0-9][a-z0-9.-]{0,127}$');
