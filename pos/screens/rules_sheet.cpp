#include "pos/screens/rules_sheet.h"

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

constexpr std::array<VerbFace, 3> faces{{
    {core::RuleVerb::capture, "would capture {} payment", "would capture {} payments",
     "Capture, because {}", ui::icons::credit_score},
    {core::RuleVerb::fulfil, "would fulfil {} order", "would fulfil {} orders",
     "Fulfil, because {}", ui::icons::local_shipping},
    {core::RuleVerb::archive, "would archive {} order", "would archive {} orders",
     "Archive, because {}", ui::icons::archive},
}};

const VerbFace& face_of(core::RuleVerb verb) {
  return faces[static_cast<std::size_t>(verb)];
}

}  // namespace

Questions wants(const Scene& scene, const RulesInput& input) {
  if (!input.is_open) return {};
  return {core::AskRules{scene.till.settings.rules, input.now}};
}

RulesView present(const Scene& scene, const RulesInput&) {
  const Words& words = scene.words;
  const std::vector<core::WouldDo>& steps = scene.found.rules.steps;
  RulesView view;
  view.title = words("What the rules would do now");
  view.close = words("Close");
  for (const VerbFace& face : faces) {
    const auto count = std::count_if(steps.begin(), steps.end(), [&](const core::WouldDo& step) {
      return step.verb == face.verb;
    });
    if (count > 0) view.sums.push_back(words.fill(face.one, face.many, count));
  }
  for (const core::WouldDo& step : steps) {
    const VerbFace& face = face_of(step.verb);
    std::string number = step.number;
    if (!step.customer.empty()) number += " · " + step.customer;
    view.rows.push_back({step.order, std::move(number),
                         words.fill(face.because, {words.with("rule", step.because)}), face.icon});
  }
  if (steps.empty()) {
    view.emptiness = {ui::icons::check_circle, std::string(words("The rules would do nothing")),
                      std::string(words("No order waits for a rule that is on."))};
  }
  return view;
}

RulesTap draw(ui::Ui& ui, const RulesView& view) {
  const int high = line_height(ui, ui::Size::t1), row = std::max(72, 2 * high + 16);
  const int n = static_cast<int>(view.rows.size());
  const int sums = view.sums.empty() ? 0 : high + 16;
  const int content = n == 0 ? 200 : n * row;
  const ui::Rect at = sheet_of(ui, 640, 80 + sums + content + 24);
  const ui::Sheet sheet(ui, at, {.title = view.title, .close_word = view.close});
  RulesTap tap{.is_closed = sheet.is_dismissed()};
  std::string all;
  for (const std::string& sum : view.sums) all += (all.empty() ? "" : " · ") + sum;
  ui::text(ui, {at.x + 24, at.y + 72, at.w - 48, high}, all, {.weight = ui::Weight::semibold});
  const ui::Rect list{at.x + 12, at.y + 80 + sums, at.w - 24, at.h - 80 - sums - 16};
  draw_emptiness(ui, list, view.emptiness);
  const ui::ScrollArea area(ui, list, "dry run", n * row);
  for (int i = 0; i < n; ++i) {
    const int y = area.y(list.y + i * row);
    if (y > list.bottom() || y + row < list.y) continue;
    const RulesView::Row& one = view.rows[static_cast<std::size_t>(i)];
    const std::string name = one.number + "##would-" + std::to_string(i);
    if (ui::row(ui, {list.x, y, list.w, row},
                {.title = name,
                 .second = one.second,
                 .icon = one.icon,
                 .trailing = ui::icons::chevron_right,
                 .has_separator = i + 1 < n})) {
      tap.row = static_cast<std::size_t>(i);
    }
  }
  return tap;
}

Reaction react(const RulesTap& tap, const RulesView& view, RulesInput& input) {
  if (tap.row) {
    input.is_open = false;
    return show_order(view.rows[*tap.row].order);
  }
  if (tap.is_closed) input.is_open = false;
  return {};
}

}  // namespace pos
