<?php
// How long Moodle takes for a file, in processor time of PHP alone, without that of the database:
//
//     php tests/lms/moodle_speed.php --moodle=/path/to/moodle --file=export.xml [--whole=yes]
//
// First what its reader takes to make questions of the text, then, with `--whole=yes`, the import into a new course.

require(__DIR__ . '/site.php');
$options = asked_for(['moodle', 'file'], ['whole'], 'php moodle_speed.php --moodle=FOLDER --file=EXPORT.xml');
require($options['moodle'] . '/config.php');

/** The processor time of this process so far, in seconds. */
function spent(): float {
    $used = getrusage();
    return $used['ru_utime.tv_sec'] + $used['ru_stime.tv_sec'] + ($used['ru_utime.tv_usec'] + $used['ru_stime.tv_usec']) / 1e6;
}

listen();
raise_memory_limit(MEMORY_HUGE);
in_a_course(function (stdClass $course, context $context) use ($options): void {
    $file = realpath($options['file']);
    $name = format_named($file);
    $format = format_of($name, $course, $context);
    $start = spent();
    $questions = $format->readquestions(file($file));
    echo count($questions) . ' questions and categories read in ' . round(spent() - $start, 3) . " s\n";
    if (isset($options['whole'])) {
        $start = spent();
        $ids = imported($file, $name, $course, $context);
        echo count($ids) . ' questions imported in ' . round(spent() - $start, 3) . " s\n";
    }
    foreach (complaints() as $text) {
        echo "FAULT {$text}\n";
    }
});
