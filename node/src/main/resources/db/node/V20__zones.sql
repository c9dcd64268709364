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

-- How far each secondary follows, as the process that serves it saw last.
create table zone_secondaries (
    zone            text not null references zones,
    secondary       text not null,
    has             bigint,
    asked_at        timestamptz,
    fetched         text check (fetched in ('differences', 'whole')),
    fetched_at      timestamptz,
    -- The newest version that it was told of, how often, and when it answered.
    told            bigint,
    tries           integer not null default 0,
    acknowledged_at timestamptz,
    refusal         text,
    primary key (zone, secondary)
);

-- Files that are read into the list's zone, each under a list order.
create table zone_imports (
    id          bigint      primary key generated always as identity,
    file        text        not null,
    octets      bigint      not null,
    octets_read bigint      not null default 0,
    -- SHA-256 of the file.
    digest      bytea       not null check (length(digest) = 32),
    lines       bigint      not null default 0,
    wrong       bigint      not null default 0,
    names       bigint      not null default 0,
    issuer      text        not null,
    ground      text        not null,
    objection   text        not null,
    issued_at   timestamptz not null,
    review_at   timestamptz not null,
    state       text        not null check (state in ('reading', 'waiting', 'publishing', 'published', 'refused', 'overtaken', 'failed')),
    -- The version that it is compared with, and what it changes.
    compared    bigint,
    added       bigint      not null default 0,
    removed     bigint      not null default 0,
    protected   text[]      not null default '{}',
    examples    text[]      not null default '{}',
    serial      bigint,
    begun_by    uuid        not null,
    begun_name  text        not null,
    decided_by  uuid,
    decided_name text,
    begun_at    timestamptz not null,
    seen_at     timestamptz not null,
    ended_at    timestamptz,
    check (decided_by <> begun_by or state = 'refused')
);

alter table zone_changes add foreign key (list_import) references zone_imports;

-- What an import changes, until it is published or refused: lines as COPY takes them, deflated.
create table zone_import_changes (
    import bigint  not null references zone_imports,
    added  boolean not null,
    place  integer not null,
    octets bytea   not null,
    primary key (import, added, place)
);

-- The first lines that no name could be read from.
create table zone_import_errors (
    import bigint not null references zone_imports,
    line   bigint not null,
    value  text   not null,
    rule   text   not null,
    said   text[] not null,
    primary key (import, line)
);
