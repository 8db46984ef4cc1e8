<?php
// What an export says, and what Moodle has of it after the import.

/** The questions of a file, in its order: what each says of its category, ID number, tags, texts and files. */
function said(string $file, string $name): array {
    $text = file_get_contents($file);
    return match ($name) {
        'xml' => said_in_xml($text),
        'gift' => said_in_gift($text),
        'aiken' => array_fill(0, preg_match_all('/^ANSWER:/m', $text), []),
    };
}

/** What the questions of Moodle XML say. */
function said_in_xml(string $text): array {
    $found = [];
    $category = null;
    foreach (simplexml_load_string($text, null, LIBXML_NOCDATA | LIBXML_PARSEHUGE)->question as $question) {
        if ((string) $question['type'] === 'category') {
            $category = preg_replace('/^\$course\$\/top\//', '', trim($question->category->text));
            continue;
        }
        $found[] = [
            'category' => $category,
            'idnumber' => (string) $question->idnumber,
            'tags' => array_unique(
                array_map(fn($tag) => (string) $tag->text, iterator_to_array($question->tags->tag, false)),
            ),
            'text' => (string) $question->questiontext->text,
            'general' => (string) $question->generalfeedback->text,
            'worth' => (float) $question->defaultgrade,
            'answers' => array_map(fn($it) => [(string) $it->text, (string) $it->feedback->text], options_of($question)),
            'gaps' => (string) $question['type'] === 'cloze' ? gaps($question->questiontext->text) : [],
            'pairs' => pairs($question),
            'guide' => (string) $question->graderinfo->text,
            'files' => array_map(
                fn($it) => $it['path'] . $it['name'] . ' ' . sha1(base64_decode((string) $it)),
                $question->xpath('.//file'),
            ),
        ];
    }
    return $found;
}

/** The answers of each gap in a text, in which her-study writes every sign that ends one as a reference. */
function gaps(string $text): array {
    preg_match_all('/\{\d+:SHORTANSWER:=([^}]*)\}/', $text, $found);
    $read = fn($answer) => html_entity_decode(str_replace('\\#', '#', $answer), ENT_QUOTES | ENT_HTML5);
    return array_map(fn($inside) => array_map($read, explode('~=', $inside)), $found[1]);
}

/** The answers of a question that stand in the table of answers. */
function options_of(SimpleXMLElement $question): array {
    return iterator_to_array($question->answer, false);
}

/** The two sides of each pair of a matching, and the boxes to drag into gaps, which have one. */
function pairs(SimpleXMLElement $question): array {
    $boxes = array_map(fn($it) => [(string) $it->text], iterator_to_array($question->dragbox, false));
    $sides = fn($it) => [(string) $it->text, (string) $it->answer->text];
    return [...array_map($sides, iterator_to_array($question->subquestion, false)), ...$boxes];
}

/** What the comments of a GIFT file say of each question. */
function said_in_gift(string $text): array {
    $found = [];
    $category = null;
    foreach (explode("\n", $text) as $line) {
        if (str_starts_with($line, '$CATEGORY: ')) {
            $category = preg_replace('/^\$course\$\/top\//', '', substr($line, 11));
        } else if (preg_match('/^\/\/ \[id:(.*?)\]/', $line, $id)) {
            preg_match_all('/\[tag:((?:\\\\\]|[^\]])*)\]/', $line, $tags);
            $tags = array_map(fn($tag) => str_replace('\\]', ']', $tag), $tags[1]);
            $found[] = ['category' => $category, 'idnumber' => $id[1], 'tags' => $tags];
        }
    }
    return $found;
}

/** What Moodle XML says of the questions that came from another file, by ID number or by text; words alone. */
function said_by_another(string $file, array $ids): array {
    $known = [];
    foreach (said_in_xml(file_get_contents($file)) as $one) {
        $known[$one['idnumber']] = $known[words($one['text'])] = ['bare' => true, ...$one];
    }
    $found = [];
    foreach ($ids as $place => $id) {
        $question = question_bank::load_question($id, false);
        $found[$place] = $known[(string) $question->idnumber] ?? $known[words($question->questiontext)] ?? ['text' => 'unknown'];
        unset($found[$place]['files'], $found[$place]['guide'], $found[$place]['worth'], $found[$place]['category']);
        if (count($gaps = $found[$place]['gaps'] ?? []) === 1) {  // in GIFT it is a short answer with a line in its text
            $found[$place]['answers'] = array_map(fn($it) => [$it, ''], $gaps[0]);
            unset($found[$place]['text'], $found[$place]['gaps']);
        }
        if ($question->idnumber === null) {
            unset($found[$place]['idnumber'], $found[$place]['tags'], $found[$place]['general']);
            $found[$place]['answers'] = array_map(fn($it) => [$it[0], ''], $found[$place]['answers'] ?? []);
        }
    }
    return $found;
}

/** What the file says of a question and Moodle does not. */
function differences(question_definition $question, array $said): array {
    global $DB;
    $there = [
        'gaps' => [],
        'category' => category_path($question->category),
        'idnumber' => (string) $question->idnumber,
        'tags' => array_values(core_tag_tag::get_item_tags_array('core_question', 'question', $question->id)),
        'text' => $question->questiontext,
        'general' => $question->generalfeedback,
        'worth' => (float) $question->defaultmark,
        'answers' => stored_answers($question),
        'pairs' => stored_pairs($question),
        'guide' => $DB->get_field('qtype_essay_options', 'graderinfo', ['questionid' => $question->id]) ?: '',
        'files' => stored_files($question),
    ];
    if ($question instanceof qtype_multianswer_question) {
        $there['gaps'] = array_map(fn($gap) => array_column($gap->answers, 'answer'), array_values($question->subquestions));
        unset($said['text'], $said['worth']);  // Moodle puts numbers in the place of its gaps, and counts their marks
    }
    if ($question instanceof qtype_truefalse_question) {
        $there['answers'] = array_map(fn($it) => [strtolower($it[0]), $it[1]], $there['answers']);
    }
    if (!$there['answers'] || $question instanceof qtype_gapselect_question_base) {
        unset($said['answers']);
    }
    $found = [];
    $is_bare = $said['bare'] ?? false;
    unset($said['bare']);
    foreach ($said as $key => $value) {
        if ($is_bare) {
            [$value, $there[$key]] = [bare($value), bare($there[$key])];
        }
        if (($key === 'gaps' ? $value : sorted($value)) != ($key === 'gaps' ? $there[$key] : sorted($there[$key]))) {
            $found[] = "its {$key}: " . json_encode($there[$key]) . ' instead of ' . json_encode($value);
        }
    }
    return $found;
}

/** The words of a text, or of all texts in a list. */
function bare(mixed $value): mixed {
    return is_array($value) ? array_map('bare', $value) : words((string) $value);
}

/** What is to be compared: Moodle keeps lists in an order of its own, trims texts, and cuts numbers to 14 digits. */
function sorted(mixed $value): mixed {
    if (is_array($value)) {
        $value = array_map('sorted', $value);
        array_is_list($value) && sort($value);
    }
    if (is_string($value)) {
        $value = trim($value);
        return is_numeric($value) ? (string) (float) sprintf('%.13g', $value) : $value;
    }
    return $value;
}

/** The path of a category below the top. */
function category_path(int $id): string {
    global $DB;
    $names = [];
    while (($category = $DB->get_record('question_categories', ['id' => $id])) && $category->parent) {
        array_unshift($names, $category->name);
        $id = $category->parent;
    }
    return implode('/', $names);
}

/** The answers of a question with the feedback for each. */
function stored_answers(question_definition $question): array {
    global $DB;
    $rows = $DB->get_records('question_answers', ['question' => $question->id], 'id');
    return array_map(fn($row) => [$row->answer, $row->feedback], array_values($rows));
}

/** The pairs of a matching, or the boxes of a text with gaps. */
function stored_pairs(question_definition $question): array {
    global $DB;
    if ($question instanceof qtype_gapselect_question_base) {
        return array_map(fn($it) => [$it[0]], stored_answers($question));
    }
    $rows = $DB->get_records('qtype_match_subquestions', ['questionid' => $question->id], 'id');
    return array_map(fn($row) => [$row->questiontext, $row->answertext], array_values($rows));
}

/** The files of a question: path, name and the hash of their bytes. */
function stored_files(question_definition $question): array {
    global $DB;
    $answers = $DB->get_fieldset('question_answers', 'id', ['question' => $question->id]);
    $parts = $DB->get_fieldset('qtype_match_subquestions', 'id', ['questionid' => $question->id]);
    $areas = [
        'questiontext' => [$question->id], 'generalfeedback' => [$question->id], 'graderinfo' => [$question->id],
        'answer' => $answers, 'answerfeedback' => $answers, 'subquestion' => $parts,
    ];
    $found = [];
    foreach ($areas as $area => $items) {
        foreach ($items as $item) {
            $rows = $DB->get_records_select(
                'files',
                "filearea = ? AND itemid = ? AND contextid = ? AND filename <> '.'",
                [$area, $item, $question->contextid],
            );
            array_push($found, ...array_map(fn($it) => "{$it->filepath}{$it->filename} {$it->contenthash}", $rows));
        }
    }
    return $found;
}
