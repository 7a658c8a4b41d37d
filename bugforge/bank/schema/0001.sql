-- Exercises that were proven, whole; columns beside a sheet are what is searched for.
create table exercises (
    id text primary key,
    fingerprint text not null unique, -- of the broken program, local names aside
    problem text not null,
    implementation text not null,
    topic text not null,
    title text not null,
    difficulty text not null,
    minutes integer not null,
    loud integer not null,
    libraries text not null, -- names, with a space between them
    added text not null, -- times are UTC, as ISO 8601
    retired text, -- when
    reason text, -- why
    sheet blob not null -- JSON, compressed
) strict;

-- All that drawing a set looks at.
create index exercises_in_use on exercises (retired, topic, minutes, libraries, id);

create table bugs (
    exercise text not null references exercises on delete cascade,
    class text not null,
    site text not null,
    category text not null,
    primary key (exercise, class, site)
) strict, without rowid;

create index bugs_by_class on bugs (class);

create table tags (
    exercise text not null references exercises on delete cascade,
    tag text not null,
    primary key (exercise, tag)
) strict, without rowid;

create table notes (
    exercise text not null references exercises on delete cascade,
    at text not null,
    text text not null
) strict;

create index notes_by_exercise on notes (exercise);

create table candidates (
    id integer primary key,
    name text not null unique,
    group_name text not null
) strict;

-- What was drawn for one interview.
create table sets (
    id integer primary key,
    candidate integer not null references candidates on delete cascade,
    drawn text not null,
    format text not null,
    minutes integer not null,
    tests text not null, -- which the candidate gets: all, quiet, none
    handed_out text
) strict;

create index sets_by_candidate on sets (candidate);

-- Right programs with a decoy, each made of an exercise.
create table controls (
    id text primary key,
    exercise text not null references exercises,
    decoy text not null,
    why text not null, -- it is right
    sheet blob not null
) strict;

create index controls_by_exercise on controls (exercise);

create table assignments (
    label text primary key, -- the name under which it is handed out
    set_id integer not null references sets on delete cascade,
    position integer not null,
    exercise text not null references exercises,
    control text references controls, -- what is handed out in the place of the exercise
    variant blob, -- the sheet that was handed out, as JSON, compressed; none where it was that of the exercise
    unique (set_id, position)
) strict;

create index assignments_by_exercise on assignments (exercise);

-- What came back, each time that it did.
create table submissions (
    id integer primary key,
    label text not null references assignments on delete cascade,
    graded text not null,
    program text, -- none where it could not be read
    answer text not null, -- JSON
    verdict text not null -- JSON
) strict;

create index submissions_by_label on submissions (label);

create table scores (
    label text not null references assignments on delete cascade,
    criterion text not null,
    points real not null,
    measured integer not null, -- or said by the interviewer
    primary key (label, criterion)
) strict, without rowid;

-- What is left of answers when their candidates were forgotten: how many there were.
create table forgotten (
    exercise text not null references exercises,
    month text not null, -- in which they were asked, as 2026-11
    drawn integer not null,
    answers integer not null,
    fixed integer not null, -- by the best submission
    first integer not null, -- fixed by the first submission
    diagnosed integer not null, -- with a word on the bug
    right integer not null, -- of these
    primary key (exercise, month)
) strict, without rowid;
