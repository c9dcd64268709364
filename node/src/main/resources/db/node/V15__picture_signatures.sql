-- What a block adds to the lists for pictures that look the same. Actions from before chose nothing of it.
alter table actions add column picture_mode text not null default 'none';
