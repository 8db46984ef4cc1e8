<?php
// What Moodle gives for answers to a question, and what a student sees afterwards.

/** A question that was answered: the share of the marks, and the page with all its feedback. */
function answered(question_definition $question, ?callable $respond): array {
    $context = context::instance_by_id($question->contextid);
    $usage = question_engine::make_questions_usage_by_activity('core_question_preview', $context);
    $usage->set_preferred_behaviour('deferredfeedback');
    $slot = $usage->add_question(clone $question, 1);
    $usage->start_question($slot);
    if ($respond !== null) {
        $usage->process_action($slot, $respond($usage->get_question_attempt($slot)));
    }
    $usage->finish_question($slot);
    $show = new question_display_options();
    $show->flags = question_display_options::HIDDEN;
    return [(float) $usage->get_question_fraction($slot), $usage->render_question($slot, $show)];
}

/** The answers to try: a label, what gives the response in an attempt, the share that it must earn or null, its feedback. */
function tries(question_definition $question): array {
    $key = fn($attempt) => $attempt->get_correct_response();
    // An ordering that nobody touched is marked by the order in which it was shown.
    $blank = $question instanceof qtype_ordering_question ? null : 0.0;
    $tries = [['key', $key, 1.0, ''], ['blank', null, $blank, '']];
    if ($question instanceof qtype_multichoice_multi_question) {
        $all = fn($attempt) => array_fill_keys(array_map(fn($n) => "choice{$n}", array_keys(order($attempt))), 1);
        $wrong = array_filter($question->answers, fn($answer) => $answer->fraction <= 0);
        $tries[] = ['all', $all, $wrong ? 'less' : 1.0, ''];
    }
    if ($question instanceof qtype_multichoice_base) {
        $is_single = $question instanceof qtype_multichoice_single_question;
        foreach ($question->answers as $id => $answer) {
            $one = function ($attempt) use ($id, $is_single): array {
                $place = array_search($id, order($attempt));
                return $is_single ? ['answer' => $place] : ["choice{$place}" => 1];
            };
            $tries[] = ['option', $one, $is_single ? (float) $answer->fraction : max(0.0, (float) $answer->fraction), $answer->feedback];
        }
    } else if ($question instanceof qtype_truefalse_question) {
        foreach ([1 => $question->truefeedback, 0 => $question->falsefeedback] as $value => $told) {
            $share = (float) ((bool) $value === (bool) $question->rightanswer);
            $tries[] = ['verdict', fn($attempt) => ['answer' => $value], $share, $told];
        }
    } else if ($question instanceof qtype_numerical_question) {
        array_push($tries, ...numbers($question));
    } else if ($question instanceof qtype_shortanswer_question) {
        foreach ($question->answers as $answer) {
            $typed = $question->clean_response($answer->answer);
            $tries[] = ['typed', fn($attempt) => ['answer' => $typed], (float) $answer->fraction, $answer->feedback];
        }
        $tries[] = ['other', fn($attempt) => ['answer' => "x{$typed}y"], 0.0, ''];
    } else {
        $tries[] = ['first part', fn($attempt) => array_slice($key($attempt), 0, 1, true), null, ''];
        $tries[] = ['upside down', fn($attempt) => array_combine(
            array_keys($right = $key($attempt)),
            count($right) > 1 ? array_reverse(array_values($right)) : array_map('upside_down', $right),
        ), null, ''];
    }
    return $tries;
}

/** Numbers: values and their edges where no answer above them holds, and what lies beyond; units of all sorts. */
function numbers(qtype_numerical_question $question): array {
    $tries = [];
    $said = fn($number) => fn($attempt) => response($question, $number);
    $above = [];
    foreach ($question->answers as $answer) {
        $slack = (float) $answer->tolerance;
        foreach (['value' => 0.0, 'edge' => $slack, 'other edge' => -$slack] as $label => $off) {
            $number = $off ? $answer->answer + $off : $answer->answer;
            if (!array_filter($above, fn($it) => $it->within_tolerance($number))) {
                $tries[] = [$label, $said($number), (float) $answer->fraction, $answer->feedback];
            }
        }
        $tries[] = ['beyond', $said($answer->answer + 1.001 * $slack + 1e-6), null, ''];
        $above[] = $answer;
    }
    $first = reset($question->answers)->answer;
    $tries[] = ['no unit', fn($attempt) => ['answer' => (string) $first], null, ''];
    foreach (array_keys(units($question)) as $unit) {
        $tries[] = ["in {$unit}", fn($attempt) => response($question, $first, $unit), 1.0, ''];
    }
    return $tries;
}

/** The units of a question with their factors; none where a student can give none. */
function units(qtype_numerical_question $question): array {
    global $DB;
    $units = $DB->get_records_menu('question_numerical_units', ['question' => $question->id], 'id', 'unit, multiplier');
    return $question->unitdisplay == qtype_numerical::UNITNONE ? [] : $units;
}

/** A number as a student gives it in a unit, which is the first one unless it is said. */
function response(qtype_numerical_question $question, float|string $number, ?string $unit = null): array {
    $units = units($question);
    if (!$units) {
        return ['answer' => (string) $number];
    }
    $unit ??= array_key_first($units);
    $number *= $units[$unit];
    return $question->has_separate_unit_field()
        ? ['answer' => (string) $number, 'unit' => $unit]
        : ['answer' => "{$number} {$unit}"];
}

/** The ids of the options in the order in which an attempt shows them. */
function order(question_attempt $attempt): array {
    return $attempt->get_question()->get_order($attempt);
}

/** The items of an ordering, of which a response is a list, from the last to the first. */
function upside_down(mixed $response): mixed {
    return is_string($response) ? implode(',', array_reverse(explode(',', $response))) : $response;
}

/** The line that tells of a question, and its faults. */
function marked(question_definition $question): array {
    $faults = $told = [];
    $feedbacks = 0;
    $is_marked = $question instanceof question_automatically_gradable;
    foreach ($is_marked ? tries($question) : [['blank', null, null, '']] as [$label, $respond, $must, $feedback]) {
        [$share, $page] = answered($question, $respond);
        $told[$label][] = round($share, 5);
        $is_less = $must === 'less';
        if (($is_less && $share > 0.99999) || (is_float($must) && abs($share - $must) > 0.00001)) {
            $faults[] = "{$label} earns {$share} instead of " . ($is_less ? 'less than 1' : $must);
        }
        array_push($faults, ...missing($page, $question, $feedback));
        $feedbacks += $feedback !== '' && $feedback !== null;
    }
    $shares = array_map(fn($label, $shares) => "{$label} " . implode(' ', $shares), array_keys($told), $told);
    $kind = $question->get_type_name();
    $line = sprintf('%-24s %-12s %s', $question->name, $kind, category_path($question->category));
    $general = $question->generalfeedback === '' ? 'none' : 'told';
    $tags = count(core_tag_tag::get_item_tags_array('core_question', 'question', $question->id));
    $line .= ' | ' . ($is_marked ? implode(', ', $shares) : 'marked by a person') . " of {$question->defaultmark}";
    $line .= " | feedback {$feedbacks}, general {$general}, tags {$tags}, files " . count(stored_files($question));
    return [$line, array_unique($faults)];
}

/** What should be on the page of an answered question, and is not: its feedback, formulas and files. */
function missing(string $page, question_definition $question, ?string $feedback): array {
    $found = [];
    foreach (['feedback' => $feedback, 'general feedback' => $question->generalfeedback] as $name => $html) {
        if ($html && !str_contains(words($page), words($html))) {
            $found[] = "no {$name} on the page: " . words($html);
        }
    }
    preg_match_all('/\\\\\(.*?\\\\\)/s', $question->questiontext, $formulas);
    foreach ($formulas[0] as $formula) {
        if (!str_contains(words($page), words($formula))) {
            $found[] = "no formula on the page: {$formula}";
        }
    }
    preg_match_all('/pluginfile\.php\/(\d+)\/(\w+)\/(\w+)\/[^\/"]*\/\d+\/(\d+)(\/[^"?]*)/', $page, $links, PREG_SET_ORDER);
    foreach ($links as [, $context, $component, $area, $item, $path]) {
        $hash = file_storage::get_pathname_hash($context, $component, $area, $item, '/', ltrim(rawurldecode($path), '/'));
        if (!get_file_storage()->file_exists_by_hash($hash)) {
            $found[] = "no file behind {$path} of the {$area}";
        }
    }
    return str_contains($page, '@@PLUGINFILE@@') ? [...$found, 'an address of a file that leads nowhere'] : $found;
}

/** The words of some HTML, without what a file or a space may change in them. */
function words(string $html): string {
    return preg_replace('/[\s\x{a0}]+/u', '', html_entity_decode(strip_tags($html), ENT_QUOTES | ENT_HTML5));
}
