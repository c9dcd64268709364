-- Orders to block access: what is drafted, what was ordered, and all that happened to it.

-- What is not sent yet; sealed like every draft. Its id becomes that of the message.
create table access_drafts (
    id         uuid primary key,
    channel    integer     not null references channels,
    reference  text        not null,
    -- The octets that approvers read and that are sent.
    draft      bytea       not null,
    drafted_by uuid        not null references accounts,
    created_at timestamptz not null
);

create table access_draft_approvals (
    draft      uuid        not null references access_drafts,
    account    uuid        not null references accounts,
    subdomains boolean     not null,
    at         timestamptz not null,
    primary key (draft, account)
);

create table access_orders (
    -- On the authority's side the id of the message; on the platform's worked out of channel and message.
    id             uuid primary key,
    channel        integer     not null references channels,
    direction      text        not null check (direction in ('in', 'out')),
    order_id       uuid        not null,
    message        bigint      not null unique references messages,
    reference      text        not null,
    agreement      bytea       not null,
    -- Of the part with the order, and of the one with its approvals.
    leaf           bytea       not null,
    approvals_leaf bytea       not null,
    sent_at        timestamptz not null,
    unique (channel, order_id)
);
create index on access_orders (sent_at, id);

-- What either side said about an order afterwards, one row for each message.
create table access_events (
    message bigint primary key references messages,
    block   uuid  not null references access_orders,
    -- What the part says: what happened, an answer, or why a message is not taken up.
    kind    text  not null check (kind in ('event', 'answer', 'refusal')),
    leaf    bytea not null
);
create index on access_events (block, message);

do $$
declare fact text;
begin
    foreach fact in array array['access_orders', 'access_events'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement
            execute function refuse_change()', fact || '_only_grows', fact);
    end loop;
end $$;

-- What one person wants, until another wants the same.
create table access_steps (
    block   uuid        not null references access_orders,
    kind    text        not null check (kind in ('renewal', 'lift')),
    said    text        not null,
    account uuid        not null references accounts,
    at      timestamptz not null,
    primary key (block, kind)
);

-- When each order of this authority is looked at next; whoever looks holds the row, so that of several
-- processes one publishes, and when a process dies the database lets its rows go.
create table access_looks (
    block    uuid primary key references access_orders,
    -- Infinity: only a message or a person changes anything.
    look_at  timestamptz not null,
    attempts integer     not null default 0
);
create index on access_looks (look_at);

-- What the order zone holds, and until when at most: kept beside the parts, so that a name is open at its end
-- even if nobody can read the order any more.
create table access_in_force (
    block      uuid        not null references access_orders,
    name       text        not null,
    subdomains boolean     not null,
    ends_at    timestamptz not null,
    primary key (block, name)
);
