-- recovery ------------------------------------------------------------------------------------

-- What "./jalur recover" fetched back and has not stored yet, so that it goes on after a kill. Empty otherwise.
create table recovered (
    channel       integer not null references channels,
    direction     text    not null check (direction in ('in', 'out')),
    seq           bigint  not null,
    kind          text    not null,
    about         uuid,
    digest        bytea   not null,
    jws           text    not null,
    leaves        bytea   not null,
    -- Of a keys message.
    statement     text,
    -- As the peer holds it; it counts once it was checked.
    receipt       text,
    checked       boolean not null default false,
    -- The last message of the other direction that its sender had taken in.
    seen          bigint  not null,
    -- Parts that the peer does not give back.
    missing       integer not null,
    recorded_at   timestamptz not null,
    -- Whether the message stands in the database, and only its receipt does not.
    stored        boolean not null,
    -- Where the message stands in the journal; absent where the journal does not have it.
    log_index     bigint,
    -- When the receipt is to be stored: by its place in the journal.
    receipt_index bigint,
    primary key (channel, direction, seq)
);
create index on recovered (log_index);

-- What the tiles hold beyond the database.
create table recovered_entries (
    log_index bigint primary key,
    kind      text  not null,
    digest    bytea not null
);
create index on recovered_entries (digest);

-- Who drafted a notice is in no message: of one that came back nobody knows it.
alter table notices alter drafted_by drop not null;
