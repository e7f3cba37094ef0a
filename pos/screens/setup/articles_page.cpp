#include "pos/screens/setup/articles_page.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include "pos/layout/deposit_name.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/platform_words.h"
#include "pos/screens/parts/room.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

using ui::Rect;
namespace icons = ui::icons;

std::string count_text(std::int64_t count, const Words& words) {
  return number_text(count, words.language());
}

// What the reader of files says of columns and lengths, with a number or word in it.
constexpr std::array<std::string_view, 17> row_faults{
    "column {} is not UTF-8; save the file as UTF-8",
    "column {} has text behind a closing quote",
    "column {} opens a quote that is never closed",
    "the row has {} fields, the headings are {}",
    "\"{}\" is below zero",
    "\"{}\" has more digits than the currency",
    "\"{}\" is above the limit of {}",
    "\"{}\" is not an amount such as 12.90",
    "\"{}\" is not a quantity such as 12 or 0.250",
    "\"{}\" is neither yes nor no",
    "\"{}\" is no unit; write piece or kg",
    "\"{}\" is no tax code; write standard, reduced or zero",
    "\"{}\" is no tax code of this shop; write {}",
    "\"{}\" is not a whole number from 0",
    "{} is already on line {}",
    "{} has a wrong check digit, it should end in {}",
    "{} is a number that a spreadsheet has rounded; format the column as text there"};

const ImportAnswer* answer_of(const Scene& scene) {
  return scene.found.import ? &*scene.found.import : nullptr;
}

bool is_good(const core::ImportReport& report) {
  return report.complete && report.problem_count == 0;
}

void add_ways(const Scene& scene, ArticlesView& view) {
  const Words& words = scene.words;
  view.ways = {
      {std::string(words("From a file")),
       std::string(words("CSV, as Shopify exports it or the simple one; it is looked at first")),
       icons::upload_file},
      {std::string(words("By hand")),
       std::string(words("A name and a price are enough; or scan the first one now")),
       icons::edit_note}};
  if (!scene.till.counts.has_articles) return;
  view.icon = icons::check_circle;
  view.state = ui::State::ok;
  view.title = words("There are articles in the till");
}

void add_problems(const Scene& scene, const core::ImportReport& report, ArticlesView& view) {
  const Words& words = scene.words;
  for (const core::ImportProblem& problem : report.problems) {
    std::string place = problem.line > 0 ? words.fill("Line {}", {std::to_string(problem.line)})
                                         : std::string(words("The file"));
    if (!problem.field.empty()) place += " · " + problem.field;
    view.problems.push_back({std::move(place), problem_words(problem.what, words)});
  }
}

void add_trial(const Scene& scene, const core::ImportReport& report, ArticlesView& view) {
  const Words& words = scene.words;
  const std::string articles = count_text(report.variants, words);
  if (is_good(report)) {
    view.icon = icons::check_circle;
    view.state = ui::State::ok;
    view.title = words.fill("{} articles can be read", {articles});
    view.second = words("Nothing is changed yet.");
    view.main = words.fill("Take over {} articles", {articles});
    return;
  }
  view.icon = icons::warning;
  view.state = ui::State::warn;
  view.title =
      words.fill("{} problem in this file", "{} problems in this file", report.problem_count);
  view.second = words("Mend them in the file and read it again, or take the good rows alone.");
  view.again = words("Read it again");
  if (report.variants > 0) view.good_only = words.fill("Take {} good ones", {articles});
  add_problems(scene, report, view);
}

void add_file(const Scene& scene, const ArticlesInput& input, ArticlesView& view) {
  const Words& words = scene.words;
  view.back = words("Another file");
  const ImportAnswer* answer = answer_of(scene);
  if (!answer) {
    view.icon = icons::upload_file;
    view.title = words("The file is being read …");
    view.second = std::filesystem::path(input.file).filename().string();
    return;
  }
  if (!answer->why_not.empty()) {
    view.icon = icons::error;
    view.state = ui::State::bad;
    view.title = words("Nothing was taken over");
    view.second = words(answer->why_not);
    view.again = words("Read it again");
  } else if (answer->is_trial) {
    add_trial(scene, answer->report, view);
  } else {
    view.icon = icons::check_circle;
    view.state = ui::State::ok;
    view.title =
        words.fill("{} articles are in the till", {count_text(answer->report.variants, words)});
    view.second = answer->file;
  }
}

Reaction read_file(const Scene& scene, ArticlesInput& input, bool is_trial, bool skip_bad) {
  Reaction reaction;
  reaction.errand = ImportFile{input.file, is_trial, skip_bad, deposit_name(scene.words)};
  return reaction;
}

ArticlesTap draw_ways(ui::Ui& ui, const Rect& rect, const ArticlesView& view) {
  ArticlesTap tap;
  Rect room = rect;
  if (!view.title.empty()) {
    ui::badge(ui, room.x, room.y, {.label = view.title, .icon = view.icon, .state = view.state});
    room = {room.x, room.y + 48, room.w, room.h - 48};
  }
  const int row = std::max(96, 3 * line_height(ui, ui::Size::t1) + 16);
  ui::card(ui, {room.x, room.y, room.w, row * 2});
  for (std::size_t i = 0; i < view.ways.size(); ++i) {
    const auto& way = view.ways[i];
    const Rect at{room.x + 8, room.y + static_cast<int>(i) * row, room.w - 16, row};
    if (ui::row(ui, at,
                {.title = way.title,
                 .second = way.second,
                 .icon = way.icon,
                 .trailing = icons::chevron_right,
                 .has_separator = i == 0})) {
      tap.kind = i == 0 ? ArticlesTap::Kind::file : ArticlesTap::Kind::by_hand;
    }
  }
  return tap;
}

// The buttons from the right: what is likely first.
void draw_buttons(ui::Ui& ui, const Rect& foot, const ArticlesView& view, ArticlesTap& tap) {
  int right = foot.right();
  const auto place = [&](const std::string& label, ArticlesTap::Kind kind, ui::ButtonKind look) {
    if (label.empty()) return;
    const ui::Button button{.label = label, .kind = look, .size = ui::Size::t1};
    const int width = std::min(ui::button_width(ui, button), right - foot.x);
    if (ui::button(ui, {right - width, foot.y, width, foot.h}, button)) tap.kind = kind;
    right -= width + 8;
  };
  place(view.main.empty() ? "" : view.main + "##import", ArticlesTap::Kind::main,
        ui::ButtonKind::main);
  place(view.again, ArticlesTap::Kind::again, ui::ButtonKind::main);
  place(view.good_only, ArticlesTap::Kind::good_only, ui::ButtonKind::line);
  place(view.back, ArticlesTap::Kind::back, ui::ButtonKind::neutral);
}

ArticlesTap draw_file(ui::Ui& ui, const Rect& rect, const ArticlesView& view) {
  ArticlesTap tap;
  ui::card(ui, rect);
  const Rect inner = rect.inset(16);
  const int line = line_height(ui, ui::Size::t1), title = line_height(ui, ui::Size::t2);
  const bool is_plain = view.state == ui::State::neutral;
  ui::icon(ui, {inner.x, inner.y, 40, title + line}, view.icon,
           is_plain ? ui::Colour::text_2 : ui::state_ink(view.state), 40);
  const int x = inner.x + 56;
  ui::text(ui, {x, inner.y, inner.right() - x, title}, view.title,
           {.size = ui::Size::t2, .weight = ui::Weight::semibold, .shrinks = true});
  const int second = ui::paragraph(ui, {x, inner.y + title, inner.right() - x, 3 * line},
                                   view.second, {.colour = ui::Colour::text_2});
  const Rect foot{inner.x, inner.bottom() - 56, inner.w, 56};
  draw_buttons(ui, foot, view, tap);
  const int top = inner.y + title + std::max(second, line) + 12;
  const Rect list{inner.x, top, inner.w, foot.y - 12 - top};
  const int row = std::max(56, 2 * line + 12), n = static_cast<int>(view.problems.size());
  if (n == 0 || list.h < row) return tap;
  const ui::ScrollArea area(ui, list, "import-problems", n * row);
  for (int i = 0; i < n; ++i) {
    const int y = list.y + i * row;
    if (!area.shows(y, row)) continue;
    const auto& problem = view.problems[static_cast<std::size_t>(i)];
    ui::text(ui, {list.x, area.y(y) + 6, list.w - 16, line}, problem.place,
             {.weight = ui::Weight::semibold, .shrinks = true});
    ui::text(ui, {list.x, area.y(y) + 6 + line, list.w - 16, line}, problem.what,
             {.colour = ui::Colour::text_2, .shrinks = true});
    ui::separator(ui, list.x, area.y(y) + row - 1, list.w - 16);
  }
  return tap;
}

}  // namespace

std::string problem_words(std::string_view what, const Words& words) {
  for (const std::string_view pattern : row_faults) {
    if (auto said = filled(pattern, what, words)) return *said;
  }
  return std::string(words(what));
}

ArticlesView present(const Scene& scene, const ArticlesInput& input) {
  ArticlesView view;
  if (input.file.empty()) {
    add_ways(scene, view);
  } else {
    add_file(scene, input, view);
  }
  return view;
}

ArticlesTap draw(ui::Ui& ui, const Rect& rect, const ArticlesView& view) {
  return view.ways.empty() ? draw_file(ui, rect, view) : draw_ways(ui, rect, view);
}

Reaction react(const ArticlesTap& tap, const Scene& scene, ArticlesInput& input) {
  switch (tap.kind) {
    case ArticlesTap::Kind::none:
      break;
    case ArticlesTap::Kind::back:
      input.file.clear();
      [[fallthrough]];
    case ArticlesTap::Kind::file:
      input.chooser = FileChooserInput{{".csv", ".txt"}, input.folder};
      break;
    case ArticlesTap::Kind::by_hand:
      input.article = new_article("", scene);
      break;
    case ArticlesTap::Kind::main:
      return read_file(scene, input, false, false);
    case ArticlesTap::Kind::good_only:
      return read_file(scene, input, false, true);
    case ArticlesTap::Kind::again:
      return read_file(scene, input, true, false);
  }
  return {};
}

namespace {

Reaction run_chooser(ui::Ui& ui, const Scene& scene, ArticlesInput& input) {
  FileChoice choice = run(ui, scene, *input.chooser, scene.words("A file with articles"));
  if (choice.is_closed) input.chooser.reset();
  if (choice.path.empty()) return std::move(choice.reaction);
  input.file = choice.path;
  input.folder = std::filesystem::path(choice.path).parent_path().string();
  return read_file(scene, input, true, false);
}

}  // namespace

Reaction run(ui::Ui& ui, const Rect& rect, const Scene& scene, ArticlesInput& input) {
  const ArticlesTap tap = draw(ui, rect, present(scene, input));
  if (input.chooser) return run_chooser(ui, scene, input);
  if (input.article) {
    SheetResult result =
        react(draw(ui, present(scene, *input.article), input.article->fields, scene.words), scene,
              *input.article);
    if (result.is_closed) {
      input.article.reset();
      ui.blur();
    }
    return std::move(result.reaction);
  }
  return react(tap, scene, input);
}

bool take_code(const std::string& code, const Scene& scene, ArticlesInput& input) {
  if (input.chooser || input.article || !input.file.empty()) return false;
  input.article = new_article(code, scene);
  return true;
}

}  // namespace pos
