-- What the two sides say about a notice -------------------------------------------------------

create table turns (
    message  bigint  primary key references messages,
    -- The notice on an authority's node, the case on a platform's.
    subject  uuid    not null,
    kind     text    not null check (kind in ('question', 'answer', 'remark')),
    -- Of a question: those that wait for its answer. Both sides work them out alike.
    items    integer[] not null default '{}',
    -- Whether it is about the notice and not about single items.
    whole    boolean not null,
    -- Id of the message that an answer answers; null in the short form of earlier versions, which answers
    -- whatever was asked before.
    question uuid,
    role     text    not null,
    -- Of the part with its text.
    leaf     bytea   not null,
    said_at  timestamptz not null
);
create index on turns (subject, message);
create trigger turns_only_grows before update or delete or truncate on turns for each statement
    execute function refuse_change();

-- Answers of earlier versions had one part.
insert into turns (message, subject, kind, whole, role, leaf, said_at)
select messages.id, coalesce(cases.id, notices.id), 'answer', true, 'officer', leaves, messages.recorded_at
from messages
left join notices on notices.channel = messages.channel and notices.id = messages.about
    and messages.direction = 'out'
left join cases on cases.channel = messages.channel and cases.notice_id = messages.about
    and messages.direction = 'in'
where messages.kind = 'clarification' and length(leaves) = 32 and coalesce(cases.id, notices.id) is not null;

-- All that was asked: by a question, or by a decision that needs a clarification. A question is over when
-- it is answered, or when all its items are decided without an answer.
create view questions as
select asked.message, asked.subject, asked.items, asked.whole, messages.message_id as id, messages.seq,
    (select min(answers.message) from turns answers
        where answers.subject = asked.subject and answers.kind = 'answer'
            and (answers.question = messages.message_id
                or (answers.question is null and answers.message > asked.message))) as answer,
    not exists (
        select 1 from unnest(asked.items) as item(no)
        where not exists (
            select 1 from decisions
            where decisions.subject = asked.subject and decisions.no = item.no
                and outcome not in ('clarification', 'impossible'))) as settled
from (
    select message, subject, items, whole from turns where kind = 'question'
    union all
    select message, subject, array_agg(no order by no), false from decisions
    where outcome = 'clarification' group by message, subject
) as asked join messages on messages.id = asked.message;

-- A decision that ends one or more items while something is asked.
alter table clock_events drop constraint clock_events_event_check;
alter table clock_events add check (event in ('asked', 'answered', 'hindered', 'unhindered', 'decided'));

-- When clocks stop and go on. While several questions wait, the clock goes on with the end of the last of
-- them, in whatever order this side learnt of it.
create view clock_stops as
with spans as not materialized (
    select asked.subject, asked.message, asked.at,
        -- Both functions pass over nulls; the other side's clock may be behind.
        case when coalesce(answered.at, ended.at) is not null
            then greatest(asked.at, least(answered.at, ended.at)) end as ended
    from clock_events asked
    join questions on questions.message = asked.message and questions.subject = asked.subject
    left join clock_events answered on answered.message = questions.answer and answered.event = 'answered'
    cross join lateral (
        select case when bool_and(last.at is not null) then max(last.at) end as at
        from unnest(questions.items) as item(no)
        left join lateral (
            select min(decided.at) as at from decisions
            join clock_events decided on decided.message = decisions.message and decided.event = 'decided'
            where decisions.subject = asked.subject and decisions.no = item.no
                and decisions.outcome not in ('clarification', 'impossible')) as last on true) as ended
    where asked.event = 'asked'
)
select subject, message, 'asked' as event, at from spans
union all
select subject, message, 'answered', ended from spans
where ended is not null and not exists (
    select 1 from spans other
    where other.subject = spans.subject and other.message <> spans.message and other.at <= spans.ended
        and (other.ended is null or other.ended > spans.ended))
union all
select subject, message, event, at from clock_events where event in ('hindered', 'unhindered');

-- The same item in several notices ------------------------------------------------------------

-- Where an item is, as a digest of its address in one spelling; empty for items of before, and erased ones.
alter table case_items add address bytea;
create index on case_items (address) where address is not null;

-- Files that came with an item.
create table case_item_files (
    case_id uuid    not null references cases,
    no      integer not null,
    sha256  bytea   not null,
    -- Whether the item is that file, and it is not one taken of a page.
    itself  boolean not null,
    primary key (case_id, no, sha256)
);
create index on case_item_files (sha256);

-- Whether another case names one of its items; kept for the queue.
alter table cases add twins boolean not null default false;
create index on cases (received_at) where not twins;

-- What another action does at the same place: it is not done twice, and goes on as long as one case needs it.
alter table actions add follows uuid references actions;
create index on actions (follows) where follows is not null;
create index on actions (undo) where undo is not null;

-- De-confliction notes ------------------------------------------------------------------------

create table notes (
    -- Also the id of the message that asks.
    id             uuid primary key,
    channel        integer not null references channels,
    state          text    not null check (state in ('draft', 'asked', 'refused', 'ended')),
    organisation   text    not null,
    category       text    not null,
    until          timestamptz not null,
    target         text    not null check (target in ('address', 'channel', 'file')),
    -- On a platform: of the address, the place or the file, as case_items has them.
    digest         bytea,
    -- Sealed while it is a draft; once sent it lives in an encrypted part alone.
    draft          bytea,
    drafted_by     uuid references accounts,
    message        bigint references messages,
    leaf           bytea,
    refusal_clause text,
    refusal_reason text,
    ended_at       timestamptz,
    created_at     timestamptz not null,
    changed_at     timestamptz not null
);
create index on notes (created_at, id);
create index on notes (digest, target) where state = 'asked';

create table note_approvals (
    note        uuid not null references notes,
    account     uuid not null references accounts,
    approved_at timestamptz not null,
    primary key (note, account)
);

-- What each side said about a note, by the message that says so.
create table note_acts (
    message bigint primary key references messages,
    note    uuid   not null,
    act     text   not null check (act in ('asked', 'ended', 'overridden')),
    role    text   not null,
    -- Of the part with a reason, where there is one.
    leaf    bytea,
    at      timestamptz not null
);
create index on note_acts (note);
create trigger note_acts_only_grows before update or delete or truncate on note_acts for each statement
    execute function refuse_change();
