// Sell: products at the left, the cart at the right; after a sale the Done card
// over the cart. Its parts are sell_products, cart_panel and done_card; what
// asks for more is a sheet.
#pragma once

#include <optional>
#include <variant>

#include "pos/screens/customers/address_sheet.h"
#include "pos/screens/sell/another_slip.h"
#include "pos/screens/sell/article_sheet.h"
#include "pos/screens/sell/cart_menu.h"
#include "pos/screens/sell/cart_panel.h"
#include "pos/screens/sell/customer_sheet.h"
#include "pos/screens/sell/discount_sheet.h"
#include "pos/screens/sell/done_card.h"
#include "pos/screens/sell/note_sheet.h"
#include "pos/screens/sell/open_item_sheet.h"
#include "pos/screens/sell/parked_sheet.h"
#include "pos/screens/sell/quantity_sheet.h"
#include "pos/screens/sell/sell_products.h"
#include "pos/screens/sell/take_back_sheet.h"
#include "pos/screens/sell/void_sheet.h"
#include "pos/screens/sell/voucher_sale_sheet.h"

namespace pos {

using SellSheet = std::variant<std::monostate, QuantityInput, DiscountInput, OpenItemInput,
                               NoteInput, CustomerInput, VoidInput, ParkedInput, CartMenuInput,
                               VoucherSaleInput, AddressInput, ArticleInput, StockInput,
                               UnknownCodeInput, TakeBackInput, AnotherSlipInput>;

struct SellInput {
  ProductsInput products;
  CartInput cart;
  SellSheet sheet;
  std::string adds_first_of;  // Enter came before the hits of this search did
  core::OrderId empties_of;   // the cart that empties are taken into; nil: not yet one
};

struct SellView {
  ProductsView products;
  CartView cart;
  std::optional<DoneView> done;
  friend bool operator==(const SellView&, const SellView&) = default;
};

struct SellTap {
  ProductsTap products;
  CartPanelTap cart;
  DoneTap done = DoneTap::none;
};

Questions wants(const Scene& scene, const SellInput& input);
SellView present(const Scene& scene, const SellInput& input);
SellTap draw(ui::Ui& ui, const SellView& view, SellInput& input);
Reaction react(const SellTap& tap, const Scene& scene, SellInput& input);
Reaction run(ui::Ui& ui, const Scene& scene, SellInput& input);

// Whether a sheet has taken the code: the number of a voucher that is sold.
bool take_code(const std::string& code, SellInput& input);

// Whether a scanned code may be posted now; false while an amount or a text is
// being keyed in a sheet.
bool takes_scan(const SellInput& input);
// A code was scanned that no article has: asks what to do with it, where nothing else is
// asked. Another scan puts the question away.
bool offer_unknown(std::string code, SellInput& input);
void forget_unknown(SellInput& input);
// A deposit slip without a number of its own has a twin that was taken today.
void ask_for_another(std::string code, SellInput& input);
// What a scanned code asks of the till: to sell, or to take empties back.
core::Command asked_by_scan(const std::string& code, const SellInput& input);
// Empties are taken while somebody is at it, and no longer.
void stop_taking_empties(SellInput& input);
// What explains what is open: a sheet, or what lies in the cart.
HelpTopic help_topic(const core::Snapshot& till, const SellInput& input);

}  // namespace pos
