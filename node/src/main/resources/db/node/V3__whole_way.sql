-- notices -------------------------------------------------------------------------------------

-- The salts of a draft's parts come from its seed, so that an approver sees the leaves that are signed.
-- Deleted with the draft.
alter table notices add draft_seed bytea;
update notices set draft_seed = decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
where state = 'draft';
-- Of the sent message's parts, so that the notice can be read again.
alter table notices add facts_leaf bytea;
alter table notices add reasons_leaf bytea;

-- The same file may stand in a notice under two names.
alter table draft_files drop constraint draft_files_pkey;
alter table draft_files add primary key (notice, name);

create index on notices (message);

-- cases ---------------------------------------------------------------------------------------

-- Since when the claimant has it.
alter table cases add claimed_at timestamptz;
update cases set claimed_at = acknowledged_at where claimed_by is not null;
