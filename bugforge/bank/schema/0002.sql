-- What grading found beside the verdict, as JSON; and how often the interviewer helped.
alter table submissions add column found text not null default '{}';
alter table assignments add column hints integer;
