<?php
// What the scripts of this folder share: a Moodle site, a course on it that goes away again, and Moodle's own import.

define('CLI_SCRIPT', true);

/** The options of the command line, or its usage on stderr and the end. */
function asked_for(array $needed, array $more, string $usage): array {
    $options = getopt('', array_map(fn($name) => "{$name}:", [...$needed, ...$more]));
    foreach ($needed as $name) {
        if (empty($options[$name])) {
            fwrite(STDERR, "usage: {$usage}\n");
            exit(2);
        }
    }
    return $options;
}

/** What PHP and Moodle complained of since the last call: warnings, notices, debugging, and what the import printed. */
function complaints(?string $new = null): array {
    static $found = [];
    if ($new !== null) {
        $found[] = trim(preg_replace('/\s+/', ' ', strip_tags($new)));
        return [];
    }
    [$told, $found] = [array_values(array_unique(array_filter($found))), []];
    return $told;
}

/** Make Moodle, which is loaded by then, tell of everything, to `complaints`. */
function listen(): void {
    global $CFG, $PAGE;
    $CFG->debug = E_ALL;  // DEBUG_DEVELOPER
    $CFG->debugdisplay = false;  // so that debugging() triggers an error, which is caught below
    set_error_handler(function (int $level, string $message, string $file, int $line): bool {
        complaints("PHP: {$message} at " . basename($file) . ":{$line}");
        return true;
    });
    core\session\manager::set_user(get_admin());
    $PAGE->set_url('/');
}

/** A new course and its context, given to a function; the course is deleted whatever happens. */
function in_a_course(callable $work): mixed {
    global $CFG, $PAGE;
    require_once($CFG->dirroot . '/course/lib.php');
    $category = core_course_category::get_default();
    $name = uniqid('her-study-');
    $course = create_course((object) ['fullname' => $name, 'shortname' => $name, 'category' => $category->id]);
    try {
        $context = context_course::instance($course->id);
        $PAGE->set_context($context);
        return $work($course, $context);
    } finally {
        delete_course($course, false);
    }
}

/** Moodle's reader and writer of a format: `xml`, `gift` or `aiken`. */
function format_of(string $name, stdClass $course, context $context): qformat_default {
    global $CFG;
    require_once($CFG->libdir . '/questionlib.php');
    require_once($CFG->dirroot . '/question/format.php');
    require_once($CFG->dirroot . "/question/format/{$name}/format.php");
    $class = "qformat_{$name}";
    $format = new $class();
    $format->setContexts([$context]);
    question_make_default_categories([$context]);
    $format->setCategory(question_get_default_category($context->id));
    $format->setCourse($course);
    $format->set_display_progress(false);
    return $format;
}

/** The ids of the questions that an import adds to a course, as its page does, but that no other course is touched. */
function imported(string $file, string $name, stdClass $course, context $context): array {
    global $DB;
    $format = format_of($name, $course, $context);
    $format->setFilename($file);
    $format->setRealfilename(basename($file));
    $format->setMatchgrades('error');
    $format->setCatfromfile(true);
    $format->setContextfromfile(false);
    $format->setStoponerror(true);
    ob_start();
    try {
        if (!$format->importpreprocess() || !$format->importprocess() || !$format->importpostprocess()) {
            complaints('the import failed');
        }
    } catch (Throwable $error) {  // what a teacher would see as an error page
        complaints(get_class($error) . ": {$error->getMessage()} " . ($error->debuginfo ?? ''));
        $DB->is_transaction_started() && $DB->force_transaction_rollback();
    } finally {
        complaints(ob_get_clean());
    }
    return $format->questionids;
}

/** Which of Moodle's formats a file has, by its name. */
function format_named(string $file): string {
    return match (true) {
        str_ends_with($file, '.xml') => 'xml',
        str_ends_with($file, 'aiken.txt') => 'aiken',
        default => 'gift',
    };
}
