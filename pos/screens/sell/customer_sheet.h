// Who buys, where the receipt goes and in which language; or, after the sale,
// only where the receipt goes. Also corrects the address of a placed order. Who
// has bought before is offered while the name or the address is typed, and is
// taken with one tap.
#pragma once

#include <string>

#include "pos/screens/parts/sheet.h"

namespace pos {

struct CustomerInput {
  core::Customer customer = {};
  std::optional<core::OrderId> mail_again =
      {};                                      // a done sale: only the e-mail address is asked for
  std::optional<core::OrderId> of_order = {};  // a placed order's; none: the cart's
  bool was_tried = false;                      // the address has been found wanting
  SheetKeyboard keyboard = {};
};

struct CustomerView {
  std::string title, name_label, email_label, language_label, name_hint, email_hint, mistake;
  std::vector<core::Customer> known;  // who may be meant
  std::vector<std::string> languages;
  std::size_t language = 0;
  bool has_name = true;
  FootView foot;
  friend bool operator==(const CustomerView&, const CustomerView&) = default;
};
struct CustomerTap {
  SheetTap foot = SheetTap::none;
  std::optional<std::size_t> language;
  std::optional<core::Customer> known;
};

Questions wants(const Scene& scene, const CustomerInput& input);
CustomerView present(const Scene& scene, const CustomerInput& input);
CustomerTap draw(ui::Ui& ui, const CustomerView& view, CustomerInput& input, const Words& words);
SheetResult react(const CustomerTap& tap, CustomerInput& input);
SheetResult run(ui::Ui& ui, const Scene& scene, CustomerInput& input);

}  // namespace pos
