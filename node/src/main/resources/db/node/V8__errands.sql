-- errands of peers that only pull ----------------------------------------------------------------

-- Who cosigned a checkpoint; several may answer at the same time, each on a process of its own.
alter table cosigned_checkpoints add column by_whom text[] not null default '{}';

-- Tiles of peers that cannot be called: asked for at their next pull, brought in their next call.
create table wanted_tiles (
    channel  integer     not null references channels,
    path     text        not null,
    asked_at timestamptz not null,
    -- Whether the peer said that it has none.
    missing  boolean     not null default false,
    octets   bytea,
    primary key (channel, path)
);
create index on wanted_tiles (channel, asked_at) where octets is null and not missing;

-- Where each witness stands: the newest checkpoint that it cosigned.
create table witness_standings (
    witness     text primary key,
    size        bigint      not null,
    cosigned_at timestamptz not null
);
