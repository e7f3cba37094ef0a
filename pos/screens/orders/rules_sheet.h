// A dry run of the automations: which orders they would take further now, and
// why. The rules are tried as they would be, before they are on; where one is
// being switched on, the sheet asks. Nothing is done before that.
#pragma once

#include "pos/screens/parts/order_words.h"
#include "pos/screens/parts/page.h"
#include "pos/screens/parts/sheet.h"

namespace pos {

struct RulesInput {
  bool is_open = false;
  core::Instant now = {};         // of the dry run
  core::RuleSettings rules = {};  // as they would be
  bool has_off = false;           // some of them are off, and tried as if they were on
  std::string name = {};          // of the rule that is being switched on
  std::optional<core::ChangeSetting> change = {};  // what switches it on
};
// All rules, those that are off as if they did all that they can.
RulesInput try_rules(const core::RuleSettings& rules, core::Instant now);
// Whether this change makes a rule do more by itself than it does now.
bool switches_on(const core::ChangeSetting& change, const core::RuleSettings& rules);
// The change, tried before it is made.
RulesInput try_change(const Scene& scene, core::ChangeSetting change, std::string name);

struct RulesView {
  std::string title, close, explained;
  std::vector<std::string> sums;  // "would archive 14 orders"
  struct Row {
    core::OrderId order;
    std::string number, second, amount;
    ui::Icon icon = ui::icons::none;
    friend bool operator==(const Row&, const Row&) = default;
  };
  std::vector<Row> rows;
  Emptiness emptiness;
  FootView foot;  // of a change; no words: nothing is asked
  friend bool operator==(const RulesView&, const RulesView&) = default;
};

struct RulesTap {
  bool is_closed = false;
  std::optional<std::size_t> row = {};
  bool is_accepted = false;
};

Questions wants(const Scene& scene, const RulesInput& input);
RulesView present(const Scene& scene, const RulesInput& input);
RulesTap draw(ui::Ui& ui, const RulesView& view);
Reaction react(const RulesTap& tap, const RulesView& view, RulesInput& input);
// A change that would touch no order now needs no question: it is made. Empty:
// nothing of the kind is open, or the answer is not here yet.
Reaction settle(const Scene& scene, RulesInput& input);

}  // namespace pos
