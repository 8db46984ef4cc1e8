<?php
// Let a Moodle site judge an export: php tests/lms/moodle.php --moodle=/path/to/moodle --file=export.xml
//
// For maintainers with a Moodle 4.5 site of their own, a test site: it imports into a new course that it deletes
// again. Each question must come in, earn full marks with its own key, and not with everything ticked.
// Nobody has run this script in this repository, which has no Moodle: it was checked by `php -l` alone.

define('CLI_SCRIPT', true);
$options = getopt('', ['moodle:', 'file:']);
if (empty($options['moodle']) || empty($options['file'])) {
    fwrite(STDERR, "usage: php moodle.php --moodle=FOLDER --file=EXPORT.xml\n");
    exit(2);
}
$file = realpath($options['file']);
require($options['moodle'] . '/config.php');
require_once($CFG->dirroot . '/course/lib.php');
require_once($CFG->libdir . '/questionlib.php');
require_once($CFG->dirroot . '/question/format.php');
require_once($CFG->dirroot . '/question/format/xml/format.php');
require_once($CFG->dirroot . '/question/engine/lib.php');

/** The ids of the questions that an import adds to a category of the course. */
function imported(string $file, stdClass $course, context $context): array {
    $format = new qformat_xml();
    $format->setContexts([$context]);
    $format->setCategory(question_get_default_category($context->id, true));
    $format->setCourse($course);
    $format->setFilename($file);
    $format->setRealfilename(basename($file));
    $format->setMatchgrades('error');
    $format->setCatfromfile(true);
    $format->setContextfromfile(false);
    $format->setStoponerror(true);
    $format->set_display_progress(false);
    if (!$format->importpreprocess() || !$format->importprocess() || !$format->importpostprocess()) {
        throw new moodle_exception('cannotimport', 'question');
    }
    return $format->questionids;
}

/** The share of the marks that some answers to a question earn. */
function earned(question_definition $question, context $context, ?array $answers): float {
    $usage = question_engine::make_questions_usage_by_activity('core_question_preview', $context);
    $usage->set_preferred_behaviour('deferredfeedback');
    $slot = $usage->add_question($question, 1);
    $usage->start_question($slot);
    $attempt = $usage->get_question_attempt($slot);
    $usage->process_action($slot, $answers ?? $attempt->get_correct_response());
    $usage->finish_question($slot);
    return (float) $usage->get_question_fraction($slot);
}

/** Every box of a question with several right answers ticked; null for others. */
function everything(question_definition $question): ?array {
    if (!$question instanceof qtype_multichoice_multi_question) {
        return null;
    }
    $ticked = [];
    foreach (array_values(array_keys($question->answers)) as $place => $unused) {
        $ticked['choice' . $place] = 1;
    }
    return $ticked;
}

core\session\manager::set_user(get_admin());
$category = core_course_category::get_default();
$course = create_course((object) ['fullname' => 'her-study', 'shortname' => uniqid('her-study-'), 'category' => $category->id]);
$wrong = 0;
try {
    $context = context_course::instance($course->id);
    $asked = preg_match_all('/<question type="(?!category)/', file_get_contents($file));
    $ids = imported($file, $course, $context);
    if (count($ids) !== $asked) {
        $wrong++;
        echo "of {$asked} questions " . count($ids) . " came in\n";
    }
    foreach ($ids as $id) {
        $question = question_bank::load_question($id);
        if ($question->get_expected_data() === [] || $question instanceof qtype_essay_question) {
            continue;  // a person marks it
        }
        $full = earned($question, $context, null);
        $all = everything($question);
        $ticked = $all === null ? 0.0 : earned($question, $context, $all);
        if ($full < 0.99999 || ($all !== null && $ticked > 0.99999)) {
            $wrong++;
            echo "{$question->name}: its key earns {$full}, everything ticked {$ticked}\n";
        }
    }
    echo count($ids) . " questions, {$wrong} faults\n";
} finally {
    delete_course($course, false);
}
exit($wrong ? 1 : 0);
