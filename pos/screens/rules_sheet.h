// A dry run of the automations: which orders they would take further now, and
// why. Nothing is done.
#pragma once

#include "pos/screens/order_words.h"
#include "pos/screens/page.h"
#include "pos/screens/sheet.h"

namespace pos {

struct RulesInput {
  bool is_open = false;
  core::Instant now;  // of the dry run
};

struct RulesView {
  std::string title, close;
  std::vector<std::string> sums;  // "would archive 14 orders"
  struct Row {
    core::OrderId order;
    std::string number, second;
    ui::Icon icon = ui::icons::none;
    friend bool operator==(const Row&, const Row&) = default;
  };
  std::vector<Row> rows;
  Emptiness emptiness;
  friend bool operator==(const RulesView&, const RulesView&) = default;
};

struct RulesTap {
  bool is_closed = false;
  std::optional<std::size_t> row = {};
};

Questions wants(const Scene& scene, const RulesInput& input);
RulesView present(const Scene& scene, const RulesInput& input);
RulesTap draw(ui::Ui& ui, const RulesView& view);
Reaction react(const RulesTap& tap, const RulesView& view, RulesInput& input);

}  // namespace pos
