// The right of the Sell screen: the customer, the lines of the cart, what they
// come to, and the tender bar. One tap on "Cash" takes the exact amount.
#pragma once

#include <string>
#include <vector>

#include "pos/desk/scene.h"
#include "pos/screens/sell/sell_layout.h"
#include "pos/ui/widgets.h"

namespace pos {

struct CartInput {
  core::LineId selected;   // nil: none
  core::LineId last_seen;  // the line that was scrolled to when it was added
};

struct CartLineView {
  std::string id, quantity, name, second, amount, old_amount, discount, note;
  bool is_selected = false, can_have_less = false, can_have_more = true;
  bool is_back = false;  // it comes back
  friend bool operator==(const CartLineView&, const CartLineView&) = default;
};
struct CartFact {
  std::string label, value;
  std::string short_label = {};  // where `label` has no room; may be empty
  friend bool operator==(const CartFact&, const CartFact&) = default;
};
struct TenderButtonView {
  std::string label, second, why_not;  // why_not: disabled
  friend bool operator==(const TenderButtonView&, const TenderButtonView&) = default;
};
struct CartView {
  std::string customer, customer_second, initials, clear_word, menu_word;
  bool has_customer = false;
  std::string notice, notice_action;  // a payment is being collected
  std::vector<CartLineView> lines;
  int reveal = -1;  // the line to scroll to
  std::string empty_title, empty_words;
  std::vector<CartFact> facts;
  std::string due_label, due_second, due;
  TenderButtonView cash, card;
  std::vector<std::string> notes;  // the last one is "More..."
  std::string discount_word, note_word, void_word, less_word, more_word;
  bool is_small = false, is_upright = false;
  bool gives_back = false;  // what comes back gives more than is bought
  friend bool operator==(const CartView&, const CartView&) = default;
};

struct CartPanelTap {
  enum class Kind : std::uint8_t {
    none,
    customer,
    clear_customer,
    menu,
    stop_collecting,
    select,
    less,
    more,
    quantity,
    discount,
    note,
    remove,
    cash,
    card,
    note_paid,
    more_tenders,
    up,
    down
  } kind = Kind::none;
  std::size_t index = 0;  // of the line or the note
};

CartView present(const Scene& scene, const CartInput& input);
CartPanelTap draw(ui::Ui& ui, const CartView& view, const SellLayout& at);

// The line that the input has chosen; null: none.
const core::LineItem* chosen_line(const Scene& scene, const CartInput& input);
// Whether more comes back than is bought, or as much.
bool settles_returns(const Scene& scene);
// What is to be paid in cash: the due amount in coins that exist.
core::Money cash_due(const Scene& scene);

}  // namespace pos
