// The pages of the help: both languages have them all, and what they point at is there.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "pos/help/page.h"
#include "pos/screens/help/help_sheet.h"
#include "pos/screens/settings/settings_screen.h"

using namespace pos;
namespace fs = std::filesystem;

namespace {

std::string page_text(Language language, HelpTopic topic) {
  std::ifstream stream(help_file(TRESEN_ASSETS, language, topic), std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// Everything that the screens say in this language.
std::set<std::string, std::less<>> said_on_screens(Language language) {
  std::ifstream stream(TRESEN_SOURCE "/assets/locale/de.po");
  const std::string id = language == Language::german ? "msgstr" : "msgid";
  const std::regex line(id + "(?:\\[\\d\\]|_plural)? \"(.*)\"");
  std::set<std::string, std::less<>> all;
  std::smatch match;
  for (std::string text; std::getline(stream, text);) {
    if (std::regex_match(text, match, line)) all.insert(match[1]);
  }
  return all;
}

// What is set in bold names something on the screen, or warns.
std::vector<std::string> strong_in(const HelpPage& page) {
  std::vector<std::string> all;
  const auto take = [&](const HelpRuns& runs) {
    for (const HelpRun& run : runs) {
      if (run.is_strong) all.push_back(run.text);
    }
  };
  for (const HelpBlock& block : page.blocks) {
    take(block.runs);
    for (const HelpRuns& cell : block.cells) take(cell);
  }
  return all;
}

}  // namespace

TEST_CASE("help: each topic has a page in both languages that is called as the topic") {
  const Translations translations = Translations::load(TRESEN_LOCALE);
  for (const Language language : languages) {
    for (const HelpTopic topic : all_help_topics) {
      CAPTURE(word(topic));
      CAPTURE(code_of(language));
      const HelpPage page = read_help(page_text(language, topic));
      CHECK(page.title == title_of(topic, translations(language)));
      CHECK(page.blocks.size() > 3);
    }
  }
}

TEST_CASE("help: no page lies about that is no topic, and the manual has the same order") {
  for (const Language language : languages) {
    const fs::path folder = help_file(TRESEN_ASSETS, language, HelpTopic::setup).parent_path();
    for (const auto& entry : fs::directory_iterator(folder)) {
      CHECK_MESSAGE(help_topic_from(entry.path().stem().string()).has_value(), entry.path());
    }
  }
  std::ifstream stream(TRESEN_ASSETS "/help/topics.txt");
  for (const HelpTopic topic : all_help_topics) {
    std::string line;
    std::getline(stream, line);
    CHECK(line == word(topic));
  }
}

TEST_CASE("help: every link leads to a page, and both languages have the same ones") {
  for (const HelpTopic topic : all_help_topics) {
    CAPTURE(word(topic));
    const HelpPage german = read_help(page_text(Language::german, topic));
    const HelpPage english = read_help(page_text(Language::english, topic));
    CHECK(german.dead.empty());
    CHECK(english.dead.empty());
    CHECK(german.links == english.links);
    CHECK(std::ranges::count(german.links, topic) == 0);
    CHECK(german.blocks.size() == english.blocks.size());
  }
}

TEST_CASE("help: what it calls a button or a page is called so on the screen") {
  for (const Language language : languages) {
    const auto said = said_on_screens(language);
    // Warnings, and words that the screen says as a part of something.
    const std::set<std::string, std::less<>> own{"Nicht noch einmal kassieren.",
                                                 "Do not collect again.",
                                                 "ungeklärt",
                                                 "unclear",
                                                 "einmal",
                                                 "once",
                                                 "aufschreiben und sicher verwahren.",
                                                 "write them down and keep them in a safe place.",
                                                 "HID POS"};
    for (const HelpTopic topic : all_help_topics) {
      for (std::string name : strong_in(read_help(page_text(language, topic)))) {
        const bool is_said = said.contains(name) || own.contains(name) ||
                             std::ranges::any_of(said, [&](const std::string& text) {
                               // With a value in it, or as the beginning of a sentence.
                               const std::string begun = name.substr(0, name.find(" …"));
                               return text.starts_with(begun) &&
                                      (text.size() == begun.size() || text[begun.size()] == ' ' ||
                                       text[begun.size()] == ':' || text[begun.size()] == '.');
                             });
        CHECK_MESSAGE(is_said, code_of(language) << "/" << word(topic) << ": " << name);
      }
    }
  }
}

TEST_CASE("help: every screen and every section of the settings leads to a page") {
  for (int i = 0; i <= static_cast<int>(Screen::setup); ++i) {
    const HelpTopic topic = help_topic(static_cast<Screen>(i));
    CHECK(std::ranges::count(all_help_topics, topic) == 1);
  }
  CHECK(help_topic(Screen::shift) == HelpTopic::shift);
  CHECK(help_topic(Screen::tender) == HelpTopic::paying);
  for (int i = 0; i <= static_cast<int>(Section::first_shop); ++i) {
    CHECK(std::ranges::count(all_help_topics, help_topic(static_cast<Section>(i))) == 1);
  }
  CHECK(help_topic(Section::fiscal) == HelpTopic::signing);
  CHECK(help_topic(Section::printer) == HelpTopic::devices);
}

TEST_CASE("help: Markdown becomes blocks, and pictures are left out") {
  const HelpPage page = read_help(
      "# Title\n\nTap **Cash**, see [Paying](paying.md#cards).\n\n![Sell](sell.png)\n\n"
      "1. one\n2. two\n   - inner\n\n| a | b |\n|---|---|\n| `c` | d |\n\n[x](nowhere.md)\n");
  CHECK(page.title == "Title");
  REQUIRE(page.blocks.size() == 7);
  const HelpBlock& first = page.blocks[0];
  REQUIRE(first.runs.size() == 5);
  CHECK(first.runs[1] == HelpRun{"Cash", true, {}});
  CHECK(first.runs[3] == HelpRun{"Paying", false, HelpTopic::paying});
  CHECK(page.blocks[1].mark == "1.");
  CHECK(page.blocks[2].mark == "2.");
  CHECK(page.blocks[3].level == 2);
  CHECK(page.blocks[4].is_head);
  CHECK(page.blocks[5].cells[0][0].text == "c");
  CHECK(page.links == std::vector{HelpTopic::paying});
  CHECK(page.dead == std::vector<std::string>{"nowhere.md"});
}

TEST_CASE("help: what is no page of ours is no harm") {
  CHECK(read_help("").blocks.empty());
  CHECK(read_help("<script>x</script> **open").title.empty());
  CHECK(read_help(std::string("\0\xff# x", 5)).blocks.size() <= 1);
}
