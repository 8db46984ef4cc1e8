<?php
// What Moodle's own writer makes of files that Moodle reads, for `her-study import`:
//
//     php tests/lms/moodle_export.php --moodle=/path/to/moodle --output=FOLDER [--file=FILE]
//
// Without a file it takes the fixtures of Moodle's own tests of its formats and types of questions. What Moodle refuses
// is told and left out. Written are FOLDER/NUMBER-NAME.xml and .gift.

require(__DIR__ . '/site.php');
$options = asked_for(['moodle', 'output'], ['file'], 'php moodle_export.php --moodle=FOLDER --output=FOLDER');
require($options['moodle'] . '/config.php');

/** The text that Moodle writes of all questions in the course. */
function exported(string $name, stdClass $course, context $context): string {
    global $DB;
    $format = format_of($name, $course, $context);
    $format->category = null;
    $rows = $DB->get_records_sql(
        'SELECT q.*, e.questioncategoryid AS category, e.idnumber, v.status, c.contextid
           FROM {question} q JOIN {question_versions} v ON v.questionid = q.id
           JOIN {question_bank_entries} e ON e.id = v.questionbankentryid
           JOIN {question_categories} c ON c.id = e.questioncategoryid
          WHERE c.contextid = ? AND q.parent = 0 ORDER BY q.id',
        [$context->id],
    );
    if (!$rows) {
        return '';
    }
    get_question_options($rows, true);
    $format->setQuestions($rows);
    $format->setCattofile(true);
    $format->setContexttofile(false);
    return $format->exportpreprocess() ? (string) $format->exportprocess(false) : '';
}

listen();
$fixtures = '/question/{format/{xml,gift,aiken,multianswer},type/*}/tests/fixtures/*.{xml,txt}';
$files = isset($options['file']) ? [realpath($options['file'])] : glob($CFG->dirroot . $fixtures, GLOB_BRACE);
foreach ($files as $place => $file) {
    $name = str_ends_with($file, '.xml') ? 'xml' : (str_contains($file, 'aiken') ? 'aiken' : 'gift');
    in_a_course(function (stdClass $course, context $context) use ($file, $name, $place, $options): void {
        $ids = imported($file, $name, $course, $context);
        foreach (['xml', 'gift'] as $written) {
            $target = "{$options['output']}/{$place}-" . pathinfo($file, PATHINFO_FILENAME) . ".{$written}";
            file_put_contents($target, exported($written, $course, $context));
        }
        echo count($ids) . ' questions of ' . basename($file) . ' ' . implode('; ', complaints()) . "\n";
    });
}
