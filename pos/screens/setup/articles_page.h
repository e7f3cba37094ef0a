// How a shop gets its articles: from a file, which is read on trial first and says row by row
// what is wrong with it, or by hand. UI thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pos/screens/parts/file_chooser.h"
#include "pos/screens/sell/article_sheet.h"

namespace pos {

struct ArticlesInput {
  std::optional<FileChooserInput> chooser;
  std::string file;         // that is read; empty: none is
  std::string folder = {};  // where the last one was chosen
  std::optional<ArticleInput> article;
};

struct ArticlesView {
  struct Way {
    std::string title, second;
    ui::Icon icon = ui::icons::none;
    friend bool operator==(const Way&, const Way&) = default;
  };
  std::vector<Way> ways;  // empty: a file is being read
  // Of the file.
  ui::Icon icon = ui::icons::none;
  ui::State state = ui::State::neutral;
  std::string title, second;
  struct Problem {
    std::string place, what;
    friend bool operator==(const Problem&, const Problem&) = default;
  };
  std::vector<Problem> problems;
  std::string main, good_only, again, back;  // buttons; empty: not offered
  friend bool operator==(const ArticlesView&, const ArticlesView&) = default;
};

struct ArticlesTap {
  enum class Kind : std::uint8_t { none, file, by_hand, main, good_only, again, back };
  Kind kind = Kind::none;
};

// What is wrong with a row, in the reader's words.
std::string problem_words(std::string_view what, const Words& words);

ArticlesView present(const Scene& scene, const ArticlesInput& input);
ArticlesTap draw(ui::Ui& ui, const ui::Rect& rect, const ArticlesView& view);
Reaction react(const ArticlesTap& tap, const Scene& scene, ArticlesInput& input);
Reaction run(ui::Ui& ui, const ui::Rect& rect, const Scene& scene, ArticlesInput& input);
// A code that was scanned there: an article is made of it. False: something else is open.
bool take_code(const std::string& code, const Scene& scene, ArticlesInput& input);

}  // namespace pos
