-- witnesses -----------------------------------------------------------------------------------

-- Own checkpoints with the cosignatures that witnesses gave.
create table cosigned_checkpoints (
    size        bigint primary key,
    note        text        not null,
    witnesses   integer     not null,
    -- Whether one of them is neither side of a channel.
    independent boolean     not null,
    cosigned_at timestamptz not null
);

create index on cosigned_checkpoints (size) where independent;

-- Peers' checkpoints as they were quoted, to compare.
create table heard_checkpoints (
    origin   text        not null,
    size     bigint      not null,
    note     text        not null,
    heard_at timestamptz not null,
    primary key (origin, size)
);
create index on heard_checkpoints (heard_at);

-- Up to which received message of each channel quoted checkpoints were compared.
create table compared_messages (
    channel integer primary key references channels,
    seq     bigint not null
);

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

-- Evidence carries all keys of a channel.
create index on messages (channel, id) where kind = 'keys';
