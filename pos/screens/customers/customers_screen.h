// The Customers page: who is kept, found as one types; one of them with what they bought
// and what can be done: change, merge with a double, write out, remove. UI thread.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/customers/customer_edit.h"
#include "pos/screens/parts/ask_sheet.h"
#include "pos/screens/parts/badges.h"
#include "pos/screens/parts/page.h"

namespace pos {

// A double is looked for, then asked about.
struct MergeInput {
  std::int64_t into = 0;
  std::string text = {};
  SheetKeyboard keyboard = {};
  std::optional<core::CustomerRecord> other = {};  // who was tapped
};
struct RemovalInput {
  std::int64_t customer = 0;
};
using CustomersSheet = std::variant<std::monostate, CustomerEditInput, MergeInput, RemovalInput>;

struct CustomersInput {
  std::string text;
  std::int64_t chosen = 0;
  bool to_top = false;
  bool has_keyboard = false;
  ui::KeyboardState keyboard = {};
  CustomersSheet sheet = {};
};

struct CustomerRowView {
  std::int64_t id = 0;
  std::string name, second, initials;
  bool is_chosen = false;
  friend bool operator==(const CustomerRowView&, const CustomerRowView&) = default;
};
// "Bestellungen", "3".
struct SumView {
  std::string label, value;
  friend bool operator==(const SumView&, const SumView&) = default;
};
struct VisitView {
  core::OrderId order;
  std::string number, when, amount;
  BadgeView payment;
  friend bool operator==(const VisitView&, const VisitView&) = default;
};
struct CustomerPageView {
  std::string name, second, initials;
  std::vector<SumView> sums;
  std::vector<SumView> facts;
  std::string history_label, no_history;
  std::vector<VisitView> visits;
  std::string edit, merge, write, remove, back;
  friend bool operator==(const CustomerPageView&, const CustomerPageView&) = default;
};
struct CustomersView {
  std::string title, search_hint, add, keyboard_word;
  std::vector<CustomerRowView> rows;
  Emptiness emptiness;
  std::optional<CustomerPageView> page;
  std::string nobody, nobody_second;  // where a page would stand
  friend bool operator==(const CustomersView&, const CustomersView&) = default;
};
struct MergeView {
  std::string title, search_hint, explained, cancel;
  std::vector<CustomerRowView> rows;
  std::optional<AskView> question;
  friend bool operator==(const MergeView&, const MergeView&) = default;
};

struct CustomersTap {
  enum class Kind : std::uint8_t {
    none,
    search,
    add,
    row,  // index
    back,
    edit,
    merge,
    write,
    remove,
    visit,  // index
    keyboard,
  };
  Kind kind = Kind::none;
  std::size_t index = 0;
};

Questions wants(const Scene& scene, const CustomersInput& input);
CustomersView present(const Scene& scene, const CustomersInput& input);
MergeView present(const Scene& scene, const MergeInput& input);
AskView present(const Scene& scene, const RemovalInput& input);
CustomersTap draw(ui::Ui& ui, const CustomersView& view, CustomersInput& input, const Words& words);
Reaction react(const CustomersTap& tap, const Scene& scene, CustomersInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, CustomersInput& input);

// Nothing is being keyed that a scan would end up in.
bool takes_scan(const CustomersInput& input);

}  // namespace pos
