#include "pos/screens/orders/rules_sheet.h"

#include <algorithm>
#include <array>

#include "pos/ui/format.h"

namespace pos {
namespace {

struct VerbFace {
  core::RuleVerb verb;
  const char* one;
  const char* many;
  const char* because;
  ui::Icon icon;
};

constexpr std::array<VerbFace, 3> verb_faces{{
    {core::RuleVerb::capture, "would capture {} payment", "would capture {} payments",
     "Capture, because {}", ui::icons::credit_score},
    {core::RuleVerb::fulfil, "would fulfil {} order", "would fulfil {} orders",
     "Fulfil, because {}", ui::icons::local_shipping},
    {core::RuleVerb::archive, "would archive {} order", "would archive {} orders",
     "Archive, because {}", ui::icons::archive},
}};

const VerbFace& face_of(core::RuleVerb verb) {
  return verb_faces[static_cast<std::size_t>(verb)];
}

}  // namespace

RulesInput try_rules(const core::RuleSettings& rules, core::Instant now) {
  RulesInput input{.is_open = true, .now = now, .rules = rules};
  if (rules.capture == "by_hand") input.rules.capture = "at_order";
  if (rules.fulfil == "by_hand") input.rules.fulfil = "everything";
  if (rules.archive == "off") input.rules.archive = "on";
  input.has_off = input.rules != rules;
  return input;
}

bool switches_on(const core::ChangeSetting& change, const core::RuleSettings& rules) {
  const bool is_rule = change.key == "rules.capture" || change.key == "rules.fulfil" ||
                       change.key == "rules.archive";
  if (is_rule) return change.value != "by_hand" && change.value != "off";
  // Where the platform stops doing it, our rule begins.
  if (change.value != "off") return false;
  return (change.key == "rules.platform_capture" && rules.capture != "by_hand") ||
         (change.key == "rules.platform_fulfil" && rules.fulfil != "by_hand") ||
         (change.key == "rules.platform_archive" && rules.archive != "off");
}

RulesInput try_change(const Scene& scene, core::ChangeSetting change, std::string name) {
  core::Settings tried = scene.till.settings;
  if (!core::apply(tried, change.key, change.value)) return {};
  return {.is_open = true,
          .now = scene.instant,
          .rules = tried.rules,
          .name = std::move(name),
          .change = std::move(change)};
}

Questions wants(const Scene&, const RulesInput& input) {
  if (!input.is_open) return {};
  return {core::AskRules{input.rules, input.now}};
}

namespace {

// "would capture 3 payments: 123.40"
std::string sum_of(const VerbFace& face, const std::vector<core::WouldDo>& steps,
                   const Words& words) {
  std::int64_t count = 0;
  core::Money amount{};
  for (const core::WouldDo& step : steps) {
    if (step.verb != face.verb) continue;
    if (count++ == 0) amount.currency = step.amount.currency;
    if (step.amount.currency == amount.currency) amount += step.amount;
  }
  if (count == 0) return {};
  std::string sum = words.fill(face.one, face.many, count);
  if (amount.minor > 0) sum += ": " + money_text(amount, words.language());
  return sum;
}

void add_steps(const std::vector<core::WouldDo>& steps, const Words& words, RulesView& view) {
  for (const VerbFace& face : verb_faces) {
    std::string sum = sum_of(face, steps, words);
    if (!sum.empty()) view.sums.push_back(std::move(sum));
  }
  for (const core::WouldDo& step : steps) {
    const VerbFace& face = face_of(step.verb);
    std::string number = step.number;
    if (!step.customer.empty()) number += " · " + step.customer;
    view.rows.push_back({step.order, std::move(number),
                         words.fill(face.because, {words.with("rule", step.because)}),
                         step.amount.minor > 0 ? amount_text(step.amount, words.language()) : "",
                         face.icon});
  }
}

}  // namespace

RulesView present(const Scene& scene, const RulesInput& input) {
  const Words& words = scene.words;
  RulesView view;
  view.title = input.name.empty() ? std::string(words("What the rules would do now")) : input.name;
  view.close = words("Close");
  if (!scene.found.rules) {
    view.emptiness = {ui::icons::fact_check, std::string(words("The orders are being looked at …")),
                      ""};
  } else {
    add_steps(scene.found.rules->steps, words, view);
    if (view.rows.empty()) {
      view.emptiness = {ui::icons::check_circle, std::string(words("The rules would do nothing")),
                        std::string(words("No order waits for one of them."))};
    } else if (input.has_off) {
      view.explained = words("Rules that are off are tried as if they were on.");
    } else if (input.change) {
      view.explained = words("This happens as soon as the rule is on.");
    }
  }
  if (!input.change) return view;
  view.foot = foot(scene, words("Switch on"),
                   scene.found.rules ? "" : words("The orders are being looked at …"));
  return view;
}

Reaction settle(const Scene& scene, RulesInput& input) {
  const bool is_free =
      input.is_open && input.change && scene.found.rules && scene.found.rules->steps.empty();
  if (!is_free) return {};
  Reaction reaction = say(*input.change);
  input = {};
  return reaction;
}

namespace {

// What was scrolled ends with the list: the buttons below it stand.
void draw_would_do(ui::Ui& ui, const ui::Rect& list, int row, const RulesView& view,
                   RulesTap& tap) {
  const int n = static_cast<int>(view.rows.size());
  const ui::ScrollArea area(ui, list, "dry run", n * row);
  for (int i = 0; i < n; ++i) {
    const int y = area.y(list.y + i * row);
    if (y > list.bottom() || y + row < list.y) continue;
    const RulesView::Row& one = view.rows[static_cast<std::size_t>(i)];
    const std::string name = one.number + "##would-" + std::to_string(i);
    if (ui::row(ui, {list.x, y, list.w, row},
                {.title = name,
                 .second = one.second,
                 .amount = one.amount,
                 .icon = one.icon,
                 .trailing = ui::icons::chevron_right,
                 .has_separator = i + 1 < n})) {
      tap.row = static_cast<std::size_t>(i);
    }
  }
}

}  // namespace

RulesTap draw(ui::Ui& ui, const RulesView& view) {
  const int high = line_height(ui, ui::Size::t1), row = std::max(72, 2 * high + 16);
  const int n = static_cast<int>(view.rows.size());
  std::string all;
  for (const std::string& sum : view.sums) all += (all.empty() ? "" : " · ") + sum;
  const int width = sheet_of(ui, 640, 0).w - 48;
  constexpr ui::Text sum_style{.weight = ui::Weight::semibold};
  const int explained = ui::paragraph_height(ui, width, view.explained);
  const int sums =
      all.empty() ? 0 : ui::paragraph_height(ui, width, all, sum_style) + explained + 16;
  const int content = n == 0 ? 200 : n * row;
  const int foot = view.foot.accept.empty() ? 0 : 80;
  const ui::Rect at = sheet_of(ui, 640, 80 + sums + content + foot + 24);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.close});
  RulesTap tap{.is_closed = sheet.is_dismissed()};
  const int said = ui::paragraph(ui, {at.x + 24, at.y + 72, width, sums}, all, sum_style);
  ui::paragraph(ui, {at.x + 24, at.y + 72 + said, width, explained}, view.explained,
                {.colour = ui::Colour::text_2});
  const ui::Rect list{at.x + 12, at.y + 80 + sums, at.w - 24, at.h - 80 - sums - foot - 16};
  draw_emptiness(ui, list, view.emptiness);
  draw_would_do(ui, list, row, view, tap);
  if (foot == 0) return tap;
  const SheetTap tapped = draw_foot(ui, {at.x + 24, at.bottom() - 88, at.w - 48, 64}, view.foot);
  if (tapped == SheetTap::cancel) tap.is_closed = true;
  if (tapped == SheetTap::accept) tap.is_accepted = true;
  return tap;
}

Reaction react(const RulesTap& tap, const RulesView& view, RulesInput& input) {
  if (tap.row) {
    input.is_open = false;
    return show_order(view.rows[*tap.row].order);
  }
  if (tap.is_accepted && input.change) {
    Reaction reaction = say(*input.change);
    input = {};
    return reaction;
  }
  if (tap.is_closed) input = {};
  return {};
}

}  // namespace pos
