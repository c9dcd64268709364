-- The platform's signature lists, what is in them, and what they find.

create table signature_lists (
    id          text primary key check (id ~ '^[a-z0-9][a-z0-9.-]{0,99}$'),
    name        text    not null,
    -- Whether the platform answers for it, an authority, or another node.
    source      text    not null check (source in ('own', 'authority', 'node')),
    source_name text    not null default '',
    mode        text    not null check (mode in ('shadow', 'review', 'hold', 'block')),
    allow       boolean not null default false,
    pdq_radius  integer not null default 31 check (pdq_radius between 0 and 31),
    pdq_quality integer not null default 50 check (pdq_quality between 50 and 100),
    -- How long an entry lasts unless a hit of it is confirmed.
    term_days   integer check (term_days between 1 and 36500),
    -- Who at the platform lets a list of somebody else do more than review.
    raised_by   text,
    created_by  text    not null,
    created_at  timestamptz not null,
    removed_at  timestamptz,
    changed_in  xid8 not null default pg_current_xact_id(),
    check (source = 'own' or raised_by is not null or (not allow and mode in ('shadow', 'review')))
);
create index on signature_lists (changed_in);

-- What reviewers' decisions create: one list for each mode they can choose.
insert into signature_lists (id, name, source, mode, created_by, created_at)
select 'decisions.' || mode, 'decisions.' || mode, 'own', mode, 'node', now()
from unnest(array['shadow', 'review', 'hold', 'block']) mode;

create table list_imports (
    id          bigint generated always as identity primary key,
    list        text    not null references signature_lists,
    file        text    not null,
    format      text,
    octets      bigint  not null,
    -- How far it has come.
    octets_read bigint  not null default 0,
    lines       bigint  not null default 0,
    added       bigint  not null default 0,
    there       bigint  not null default 0,
    taken_back  bigint  not null default 0,
    wrong       bigint  not null default 0,
    cursor      text,
    state       text    not null check (state in ('running', 'done', 'failed', 'undone')),
    trouble     text,
    started_by  text    not null,
    started_at  timestamptz not null,
    -- A process that still works on it says so every few seconds.
    seen_at     timestamptz not null,
    ended_at    timestamptz,
    undone_by   text
);
create index on list_imports (list, id);

-- The first of the lines that were not understood; the import counts all.
create table import_errors (
    import  bigint not null references list_imports,
    line    bigint not null,
    value   text   not null,
    rule    text   not null,
    way_out text   not null
);
create index on import_errors (import, line);

alter table signatures rename to entries;
alter table entries drop constraint signatures_kind_check;
update entries set kind = case kind when 'file' then 'file_sha256' when 'text' then 'phrase' else kind end;
alter table entries add constraint entries_kind_check check (kind in
    ('file_sha256', 'file_md5', 'pdq', 'phrase', 'similar_text', 'url', 'domain', 'handle'));
alter table entries rename column created_at to added_at;
alter table entries rename column suspended_at to removed_at;
alter table entries alter column case_id drop not null;
alter table entries alter column no drop not null;
alter table entries alter column origin drop not null;
alter table entries alter column agreement drop not null;
alter table entries add column list text references signature_lists;
update entries set list = 'decisions.' || mode;
alter table entries alter column list set not null;
alter table entries drop column mode;
alter table entries drop column changed_at;
alter table entries add column import bigint references list_imports;
-- How the source calls it, its category, and why it is listed.
alter table entries add column source_id text;
alter table entries add column label text;
alter table entries add column description text;
alter table entries add column added_by text;
alter table entries add column expires_at timestamptz;
-- The flood brake's word, and when a person took it back.
alter table entries add column throttled_at timestamptz;
alter table entries add column throttled_for text check (throttled_for in ('many_hits', 'many_authors'));
alter table entries add column throttled_hits bigint;
alter table entries add column throttled_authors integer;
alter table entries add column released_at timestamptz;
-- It was wrong: what it caught is opened again, also what is recorded a little later.
alter table entries add column overturned_at timestamptz;
alter table entries add column changed_in xid8 not null default pg_current_xact_id();
alter table entries drop constraint signatures_kind_digest_case_id_no_key;
-- A list has a value once; each case of a decision has it for itself.
create unique index on entries (list, kind, digest) where case_id is null and removed_at is null;
create unique index on entries (list, kind, digest, case_id, no) where case_id is not null;
create index on entries (list, added_at desc, id desc) where removed_at is null;
create index on entries (list, source_id) where source_id is not null and removed_at is null;
create index on entries (import) where import is not null;
create index on entries (changed_in);
create index on entries (overturned_at) where overturned_at is not null;
create index on entries (throttled_at) where throttled_at is not null and removed_at is null;

-- What happened to a list or an entry; history that only grows.
create table screening_events (
    id      bigint generated always as identity primary key,
    list    text not null references signature_lists,
    entry   uuid references entries,
    event   text not null,
    -- The account's pseudonym; none for what the node did by itself.
    by_whom text,
    detail  text,
    at      timestamptz not null
);
create index on screening_events (entry, id) where entry is not null;
create index on screening_events (list, id) where entry is null;

alter table hits rename column signature to entry;
alter table hits alter column case_id drop not null;
alter table hits add column list text references signature_lists;
alter table hits add column signal text;
-- Hits of one screening have one number.
alter table hits add column screening bigint;
-- The platform's id of the content.
alter table hits add column content text;
alter table hits add column country text;
alter table hits add column place text;
alter table hits add column span_start integer;
alter table hits add column span_end integer;
alter table hits add column distance integer;
alter table hits add column form text;
alter table hits add column lowered text;
create index on hits (entry, id);
create index on hits (list, id);
create index on hits (screening);

-- Words around a match: content, so it goes when a person has looked, or after a time.
create table hit_excerpts (
    hit   bigint primary key references hits,
    -- The match begins and ends here, in UTF-16 units.
    words text    not null,
    start integer not null,
    "end" integer not null,
    until timestamptz not null
);
create index on hit_excerpts (until);

-- Hits that a person has still to look at.
create table hit_queue (
    hit bigint primary key references hits
);

create table hit_reviews (
    hit     bigint primary key references hits,
    entry   uuid    not null references entries,
    list    text    not null references signature_lists,
    correct boolean not null,
    by_whom text    not null,
    at      timestamptz not null
);
create index on hit_reviews (entry);
create index on hit_reviews (list);

-- How many, those in shadow included.
create table hit_counts (
    entry uuid   not null references entries,
    list  text   not null references signature_lists,
    day   date   not null,
    hits  bigint not null,
    primary key (entry, day)
);
create index on hit_counts (list, day);

-- What was held back and turned out to be right: the platform restores it.
create table reopened_hits (
    id  bigint generated always as identity primary key,
    hit bigint not null unique references hits,
    at  timestamptz not null
);

-- Whose engine's snapshot fits this database.
create table screening_identity (
    id uuid not null default gen_random_uuid()
);
insert into screening_identity default values;

create function stamp_change() returns trigger language plpgsql as $$
begin
    new.changed_in = pg_current_xact_id();
    return new;
end $$;

-- Sent with the commit: whoever screens reads what has changed.
create function tell_of_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('jalur_screening', '');
    return null;
end $$;

create trigger entries_stamped before update on entries for each row execute function stamp_change();
create trigger lists_stamped before update on signature_lists for each row execute function stamp_change();
create trigger entries_told after insert or update on entries for each statement execute function tell_of_change();
create trigger lists_told after insert or update on signature_lists for each statement execute function tell_of_change();
create trigger screening_events_only_grows before update or delete or truncate on screening_events
    for each statement execute function refuse_change();
create trigger hit_reviews_only_grows before update or delete or truncate on hit_reviews
    for each statement execute function refuse_change();
