//! `pakkactl quote` as an accountant or a script meets it: standard input in, standard output and exit code out.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The answer to a document: exit code, standard output, standard error.
fn quote(document: &str) -> (i32, String, String) {
    run(&["quote", "--json"], document)
}

fn run(words: &[&str], input: &str) -> (i32, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pakkactl"))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("pakkactl is built with its tests");
    // A command that reads no input may be gone before all of it is written.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code().expect("it ends by itself"), text(stdout), text(stderr))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn golden_documents_have_golden_answers() {
    let folder = root().join("tests/golden/quote");
    let rewrite = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut seen = 0;
    for entry in fs::read_dir(&folder).expect("the folder of golden documents") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a plain name");
        let Some(stem) = name.strip_suffix(".in.json") else { continue };
        let (code, answer, notes) = quote(&fs::read_to_string(&path).expect("a document"));
        assert_eq!(code, 0, "{stem}: {notes}");
        let golden = folder.join(format!("{stem}.out.json"));
        if rewrite {
            fs::write(&golden, &answer).expect("a writable folder");
        }
        assert_eq!(answer, fs::read_to_string(&golden).expect("an answer"), "{stem}");
        seen += 1;
    }
    assert!(seen >= 17, "{seen} golden documents");
}

#[test]
fn the_example_of_the_manual_is_true() {
    let manual = fs::read_to_string(root().join("docs/quote.md")).expect("the manual");
    let mut examples = manual.split("```json\n").skip(1).map(|rest| rest.split("```").next().expect("a fence"));
    let (document, answer) = (examples.next().expect("a document"), examples.next().expect("an answer"));
    assert_eq!(quote(document), (0, answer.to_owned(), String::new()));
}

#[test]
fn a_document_that_cannot_be_read_ends_with_2() {
    let (code, answer, says) = quote(r#"{"seller_state": 27, "lines": [{"price": 1}, {"price": "1.23456"}]}"#);
    assert_eq!((code, answer.as_str()), (2, ""));
    assert_eq!(says, "pakkactl: line 2: price has at most four decimals, up to 9,999 crore, not \"1.23456\"\n");
    assert_eq!(quote("not json").0, 2);
}

#[test]
fn a_basket_that_cannot_be_priced_ends_with_3() {
    let document = r#"{"seller_state": 27, "lines": [{"price": 10, "discount": {"value": 10.01}, "rate": 5}]}"#;
    let says = "pakkactl: line 1: the discount 10.01 is more than the value 10.00\n";
    assert_eq!(quote(document), (3, String::new(), says.to_owned()));
}

#[test]
fn an_unknown_key_is_noted_and_ignored() {
    let (code, answer, notes) = quote(r#"{"seller_state": 27, "cashier": "M", "lines": [{"price": 1, "rate": 5}]}"#);
    assert_eq!((code, notes.as_str()), (0, "pakkactl: note: unknown key \"cashier\" is ignored\n"));
    assert!(answer.starts_with("{\n  \"taxable\": \"1.00\",\n"));
}

#[test]
fn the_command_line_says_how_it_is_used() {
    for (words, code) in [(&["--help"][..], 0), (&["quote", "--help"], 0), (&["--version"], 0)] {
        let (ended, says, _) = run(words, "");
        assert_eq!(ended, code, "{words:?}");
        assert!(says.contains("pakkactl"), "{words:?}");
    }
    for words in [&[][..], &["sell"], &["quote"], &["quote", "--xml"], &["--loud"]] {
        assert_eq!(run(words, "").0, 2, "{words:?}");
    }
}
