-- What everybody sees of this authority's access blocks, and what anybody says against them.

-- A block that has been in force; worked out of its messages whenever something about it changes, so that
-- lists are searched without opening a part.
create table public_blocks (
    block        uuid primary key references access_orders,
    reference    text        not null,
    organisation text        not null,
    since        timestamptz not null,
    in_force     boolean     not null,
    -- What the public sees is another thing than before; feeds and caches go by it.
    changed_at   timestamptz not null,
    digest       bytea       not null
);
create index on public_blocks (since, block);
create index on public_blocks (changed_at);

create table public_names (
    block      uuid    not null references public_blocks,
    name       text    not null,
    subdomains boolean not null,
    primary key (block, name)
);
create index on public_names (name);

-- What somebody filed. Its words and the address for the answer are sealed with a key of their own, which is
-- destroyed when they are not needed any more.
create table objections (
    id         uuid primary key,
    block      uuid        not null references access_orders,
    reference  text        not null unique,
    kind       text        not null check (kind in ('objection', 'normalisation')),
    filed_at   timestamptz not null,
    answer_by  timestamptz not null,
    -- Whether the platform is told of it and of its answer: of so many of a block it is.
    told       boolean     not null,
    -- SHA-256 of the secret in the link by which the answer is read; without: the database lost it.
    secret     bytea unique,
    sealed     bytea
);
create index on objections (block, filed_at);
create index on objections (filed_at);

create table objection_answers (
    objection uuid primary key references objections,
    upheld    boolean     not null,
    -- The reasons, sealed like the words.
    sealed    bytea       not null,
    at        timestamptz not null,
    -- Without: it came back from the channel.
    account   uuid references accounts,
    also      uuid references accounts
);
create index on objection_answers (at);

do $$
declare fact text;
begin
    foreach fact in array array['objections', 'objection_answers'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement
            execute function refuse_change()', fact || '_only_grows', fact);
    end loop;
end $$;

-- Who answers it now.
create table objection_claims (
    objection uuid primary key references objections,
    account   uuid        not null references accounts,
    until     timestamptz not null
);

-- The answer that one person wants, until another wants the same.
create table objection_wishes (
    objection uuid primary key references objections,
    account   uuid        not null references accounts,
    upheld    boolean     not null,
    sealed    bytea       not null,
    at        timestamptz not null
);

-- Forms that were sent, by the digest of their token: each is taken once.
create table objection_forms (
    form    bytea primary key,
    sent_at timestamptz not null
);
create index on objection_forms (sent_at);

-- When the words and the address of an objection are to be destroyed.
create table objection_erasures (
    objection uuid primary key references objections,
    due_at    timestamptz not null
);
create index on objection_erasures (due_at);
