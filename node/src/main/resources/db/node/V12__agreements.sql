-- Agreements as both sides hold them, with everything that either side did about them.

-- The files of the earlier, minimal form cannot be read any more.
drop table agreements;

-- What both identity keys signed outside of the channel.
create table agreement_files (
    digest              bytea   primary key,
    channel             integer not null references channels,
    octets              bytea   not null,
    authority_signature text    not null,
    platform_signature  text    not null
);

create table agreement_acts (
    id       bigint generated always as identity primary key,
    channel  integer not null references channels,
    -- Absent for what a file says.
    message  bigint references messages,
    kind     text    not null check (kind in ('proposed', 'commented', 'signed', 'refused', 'named', 'terminated')),
    side     text    not null check (side in ('authority', 'platform')),
    proposal uuid    not null,
    -- Of a proposal: digest of its octets, and what its version says.
    digest   bytea,
    number   integer,
    previous bytea,
    declines uuid,
    -- Of the part with what was said.
    leaf     bytea,
    last_day date,
    at       timestamptz not null
);
create unique index on agreement_acts (channel, proposal, kind, side) where kind in ('proposed', 'signed', 'named');
create unique index on agreement_acts (message, kind);

do $$
declare fact text;
begin
    foreach fact in array array['agreement_files', 'agreement_acts'] loop
        execute format('create trigger %I before update or delete or truncate on %I for each statement
            execute function refuse_change()', fact || '_only_grows', fact);
    end loop;
end $$;

-- What one person wants to sign or to end, until another person agrees.
create table agreement_steps (
    channel  integer     not null references channels,
    proposal uuid        not null,
    kind     text        not null check (kind in ('signed', 'terminated')),
    said     text        not null,
    account  uuid        not null references accounts,
    at       timestamptz not null,
    primary key (channel, proposal, kind)
);

-- How much was filed on a day of the agreement's calendar.
create table filed_notices (
    channel      integer not null references channels,
    day          date    not null,
    organisation text    not null,
    notices      integer not null,
    items        integer not null,
    primary key (channel, day, organisation)
);

-- For which organisations of the agreements an account files.
alter table accounts add column organisations text[] not null default '{}';

-- Which version a notice stands on.
alter table notices add column agreement bytea;

-- What makes a clock stand has names, and one message may do two things.
alter table clock_events disable trigger clock_events_only_grows;
alter table clock_events drop constraint clock_events_event_check;
alter table clock_events drop constraint clock_events_pkey;
update clock_events set event = case event when 'stopped' then 'asked' else 'answered' end;
alter table clock_events add primary key (message, event);
alter table clock_events add check (event in ('asked', 'answered', 'hindered', 'unhindered'));
alter table clock_events enable trigger clock_events_only_grows;

-- When a clock that stands goes on by itself.
alter table notices add column goes_on_at timestamptz;
alter table cases add column goes_on_at timestamptz;
create index on notices (goes_on_at) where goes_on_at is not null;
create index on cases (goes_on_at) where goes_on_at is not null;
