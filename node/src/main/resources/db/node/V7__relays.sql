-- relays ---------------------------------------------------------------------------------------

-- A message that has a deadline of its own waits for direct delivery in proportion to it; 0 for none.
-- A message is claimed by moving its next relay on, so that of several processes one hands it in.
alter table outbox
    add column allowance_seconds bigint not null default 0,
    add column next_relay_at timestamptz not null default 'epoch';

-- Messages that were journaled as tendered, before a witness was asked to hand them on.
create table tenders (
    message     bigint primary key references messages,
    witness     text        not null,
    recorded_at timestamptz not null
);

-- What witnesses signed when they had handed a message on, octet for octet.
create table relays (
    id          bigint generated always as identity primary key,
    message     bigint      not null references messages,
    witness     text        not null,
    statement   text        not null,
    recorded_at timestamptz not null
);
create index on relays (message);

create trigger tenders_stay before update or delete or truncate on tenders for each statement
    execute function refuse_change();
create trigger relays_stay before update or delete or truncate on relays for each statement
    execute function refuse_change();
