-- witnesses -----------------------------------------------------------------------------------

-- Own checkpoints with the cosignatures that witnesses gave.
create table cosigned_checkpoints (
    size        bigint primary key,
    note        text        not null,
    witnesses   integer     not null,
    cosigned_at timestamptz not null
);

-- Peers' checkpoints as they were quoted, to compare.
create table heard_checkpoints (
    origin   text        not null,
    size     bigint      not null,
    note     text        not null,
    heard_at timestamptz not null,
    primary key (origin, size)
);
create index on heard_checkpoints (heard_at);

-- Up to which received message quoted checkpoints were compared.
create table compared_messages (
    message bigint not null
);
insert into compared_messages values (0);

-- Two checkpoints of one log that contradict each other: proof of a fork.
create table conflicts (
    id       uuid primary key,
    origin   text        not null,
    digest   bytea       not null unique,
    evidence text        not null,
    found_at timestamptz not null,
    told_at  timestamptz
);

create trigger conflicts_stay before delete or truncate on conflicts for each statement
    execute function refuse_change();

-- Entries are looked up by what they record.
create index on journal_entries (digest);
