<?php
// Let a Moodle site judge an export:
//
//     php tests/lms/moodle.php --moodle=/path/to/moodle --file=export.xml [--format=xml|gift|aiken] [--then=newer.xml]
//
// For maintainers with a test site of their own: it imports into a new course that it deletes again. No web server is
// needed. It was run with Moodle 4.5.6 (build 20250811) on PHP 8.2 and PostgreSQL 15.
//
// Each question has a line: its category, and the share of the marks that its key, everything ticked, nothing and a
// part of it earn; how many feedbacks, tags and files it has. A fault is a line of its own: a question, text, tag,
// ID number, category or file of the export that is not in Moodle; a key that does not earn all, an empty answer that
// earns something, options whose ticks earn what they should not; a feedback, picture or formula that is not on the
// page; and whatever PHP or Moodle complain of, since Moodle ends an import after a notice, with success.
// `--like=export.xml` compares what came out of GIFT or Aiken with an export to Moodle XML of the same items: the words
// of questions, answers and feedback must be those.
// `--then` imports a second file after the first, or the same once more, and says what became of it.

require(__DIR__ . '/site.php');
$options = asked_for(['moodle', 'file'], ['format', 'like', 'then'], 'php moodle.php --moodle=FOLDER --file=EXPORT');
require($options['moodle'] . '/config.php');
require(__DIR__ . '/said.php');
require(__DIR__ . '/marked.php');
require_once($CFG->libdir . '/questionlib.php');
require_once($CFG->dirroot . '/question/engine/lib.php');

/** Judge the questions of a file: prints a line each, and gives the faults. */
function judged(string $file, string $name, array $ids, ?string $like): array {
    $said = $like === null ? said($file, $name) : said_by_another($like, $ids);
    $faults = array_map(fn($text) => "the import: {$text}", complaints());
    if (($asked = count(said($file, $name))) !== count($ids)) {
        $faults[] = "of {$asked} questions " . count($ids) . ' came in';
    }
    foreach ($ids as $place => $id) {
        $question = question_bank::load_question($id, false);
        [$line, $found] = marked($question);
        $found = [...$found, ...(isset($said[$place]) ? differences($question, $said[$place]) : []), ...complaints()];
        echo "{$line}\n";
        array_push($faults, ...array_map(fn($text) => "{$question->name}: {$text}", $found));
    }
    return $faults;
}

/** Import a second file after the first, and say what became of the questions of both. */
function then(string $file, stdClass $course, context $context, array $first): void {
    global $DB;
    $before = array_map(fn($id) => question_bank::load_question($id, false)->questiontext, $first);
    $ids = imported($file, format_named($file), $course, $context);
    foreach (complaints() as $text) {
        echo "second import: {$text}\n";
    }
    $after = array_map(fn($id) => question_bank::load_question($id, false)->questiontext, $first);
    $bare = array_filter($ids, fn($id) => question_bank::load_question($id, false)->idnumber === null);
    $versions = $DB->count_records_select('question_versions', 'version > 1');
    echo count($ids) . ' questions came in anew, ' . count($bare) . ' of them without their ID number; of the first ';
    echo count(array_diff_assoc($before, $after)) . " changed; {$versions} have a second version\n";
}

listen();
$faults = in_a_course(function (stdClass $course, context $context) use ($options): array {
    $file = realpath($options['file']);
    $name = $options['format'] ?? format_named($file);
    $ids = imported($file, $name, $course, $context);
    $faults = judged($file, $name, $ids, $options['like'] ?? null);
    echo count($ids) . ' questions, ' . count($faults) . " faults\n";
    if (isset($options['then'])) {
        then(realpath($options['then']), $course, $context, $ids);
    }
    return $faults;
});
foreach ($faults as $fault) {
    echo "FAULT {$fault}\n";
}
exit($faults ? 1 : 0);
