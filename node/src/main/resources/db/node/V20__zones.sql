-- Policy zones: what resolvers are told to block, each version of it, and who may fetch it as a file.

create table zones (
    name         text        primary key check (name in ('orders', 'list')),
    -- RFC 1982; 0: nothing was published yet.
    serial       bigint      not null check (serial between 0 and 4294967295),
    published_at timestamptz not null,
    -- What every record of the version depends on beside the names: origin, canary, times.
    settings     text        not null
);
insert into zones values ('orders', 0, 'epoch', ''), ('list', 0, 'epoch', '');

-- The names of the newest version, "*." before those that are blocked with their subdomains.
create table zone_names (
    zone text not null references zones,
    name text collate "C" not null,
    primary key (zone, name)
);

-- What made each version of the one before it.
create table zone_changes (
    zone         text        not null references zones,
    serial       bigint      not null,
    from_serial  bigint      not null,
    published_at timestamptz not null,
    -- Too many names changed to be listed here, or all records did: secondaries take the whole zone.
    whole        boolean     not null,
    removed      text[]      not null,
    added        text[]      not null,
    -- What stood behind a change of the list.
    list_import  bigint,
    primary key (zone, serial)
);
create index on zone_changes (zone, published_at);
create trigger zone_changes_only_grow before update or delete or truncate on zone_changes for each statement
    execute function refuse_change();

-- What the exports say beside the names: as it was told with the newest version.
create table zone_orders (
    place     integer     primary key,
    reference text        not null,
    ends_at   timestamptz not null,
    names     text[]      not null
);
