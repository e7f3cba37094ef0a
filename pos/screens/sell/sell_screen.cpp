#include "pos/screens/sell/sell_screen.h"

#include <algorithm>
#include <iterator>

#include "core/base/text.h"
#include "core/catalogue/gs1.h"
#include "pos/screens/parts/likely_notes.h"

namespace pos {

namespace {

// Weighed goods ask for their weight; everything else is sold at once.
Reaction sell(const core::Variant& variant, SellInput& input) {
  if (takes_empties(input.products)) return say(core::TakeEmpties{variant.id.row});
  if (variant.unit == core::Unit::kilogram) {
    input.sheet = weigh(variant);
    return {};
  }
  return say(core::AddVariant{variant.id.row, core::pieces(1)});
}

void clear_search(SellInput& input) {
  input.products.search.clear();
  input.products.page = 0;
  input.adds_first_of.clear();
}

Reaction submit_search(const Scene& scene, SellInput& input) {
  const std::string& text = input.products.search;
  if (core::trim(text).empty()) {
    return scene.till.done ? say(core::NextSale{}) : Reaction{};
  }
  if (scene.found.products.text != text) {
    input.adds_first_of = text;
    return {};
  }
  if (scene.found.products.hits.empty()) return {};
  const core::Variant first = scene.found.products.hits.front();
  clear_search(input);
  return sell(first, input);
}

void choose_category(const Scene& scene, std::size_t index, SellInput& input) {
  const auto pages = pages_of(scene);
  clear_search(input);
  input.products.category = index < pages.size() ? pages[index] : core::favourites_page;
  input.empties_of = scene.till.order.id;
}

Reaction react_products(const ProductsTap& tap, const Scene& scene, SellInput& input) {
  ProductsInput& products = input.products;
  using Kind = ProductsTap::Kind;
  switch (tap.kind) {
    case Kind::none:
      return {};
    case Kind::searched:
      products.page = 0;
      input.adds_first_of.clear();
      return {};
    case Kind::submitted:
      return submit_search(scene, input);
    case Kind::category:
      choose_category(scene, tap.index, input);
      return {};
    case Kind::cell: {
      const auto shown = shown_variants(scene, products);
      return tap.index < shown.size() ? sell(shown[tap.index], input) : Reaction{};
    }
    case Kind::edit: {
      const auto shown = shown_variants(scene, products);
      if (tap.index < shown.size()) {
        ArticleInput article = edit_article(shown[tap.index], scene.words.language());
        article.is_held = true;
        input.sheet = std::move(article);
      }
      return {};
    }
    case Kind::back:
      products.page = std::max(0, products.page - 1);
      return {};
    case Kind::forward:
      ++products.page;
      return {};
    case Kind::style:
      products.style = products.style == CellStyle::tiles ? CellStyle::list : CellStyle::tiles;
      products.page = 0;
      return {};
    case Kind::keyboard:
      products.has_keyboard = !products.has_keyboard;
      products.page = 0;
      return {};
    case Kind::open_item:
      input.sheet = OpenItemInput{};
      return {};
    case Kind::park:
      return say(core::ParkOrder{});
    case Kind::parked:
      input.sheet = ParkedInput{};
      return {};
  }
  return {};
}

// Arrow keys: the next line up or down, the last one first.
void move_selection(const Scene& scene, CartInput& cart, bool is_up) {
  const auto& lines = scene.till.order.lines;
  if (lines.empty()) return;
  const core::LineItem* chosen = chosen_line(scene, cart);
  if (!chosen) {
    cart.selected = is_up ? lines.back().id : lines.front().id;
    return;
  }
  const auto at = static_cast<std::size_t>(chosen - lines.data());
  if (is_up && at > 0) cart.selected = lines[at - 1].id;
  if (!is_up && at + 1 < lines.size()) cart.selected = lines[at + 1].id;
}

Reaction react_line(const CartPanelTap& tap, const core::LineItem& line, SellInput& input) {
  using Kind = CartPanelTap::Kind;
  switch (tap.kind) {
    case Kind::select:
      input.cart.selected = input.cart.selected == line.id ? core::LineId{} : line.id;
      return {};
    case Kind::less:
      return say(core::ChangeQuantity{line.id, {line.quantity.thousandths - 1000}});
    case Kind::more:
      return say(core::ChangeQuantity{line.id, {line.quantity.thousandths + 1000}});
    case Kind::quantity:
      input.sheet = change_quantity(line);
      return {};
    case Kind::discount:
      input.sheet = DiscountInput{.line = line.id};
      return {};
    case Kind::note:
      input.sheet = NoteInput{.line = line.id, .subject = line.title, .note = line.note};
      return {};
    case Kind::remove:
      input.sheet = VoidInput{line.id, line.title};
      return {};
    default:
      return {};
  }
}

// A line that comes back can be looked at, and taken off again.
Reaction react_back(const CartPanelTap& tap, std::size_t index, const Scene& scene,
                    SellInput& input) {
  if (index >= scene.till.order.returns.size()) return {};
  const core::ReturnLine& line = scene.till.order.returns[index];
  if (tap.kind == CartPanelTap::Kind::select) {
    input.cart.selected = input.cart.selected == line.id ? core::LineId{} : line.id;
  }
  if (tap.kind == CartPanelTap::Kind::remove) input.sheet = VoidInput{line.id, line.title};
  const auto count = [&](std::int64_t more) {
    return say(core::ChangeQuantity{line.id, {line.quantity.thousandths + more}});
  };
  if (tap.kind == CartPanelTap::Kind::less) return count(-1000);
  if (tap.kind == CartPanelTap::Kind::more) return count(1000);
  if (tap.kind == CartPanelTap::Kind::quantity) input.sheet = change_quantity(line);
  return {};
}

Reaction pay_by_card(const Scene& scene) {
  const auto& attempt = scene.till.attempt;
  Reaction reaction = show(Screen::tender);
  if (!attempt || !core::holds_order(attempt->phase))
    reaction.commands.emplace_back(core::StartCard{scene.till.due});
  return reaction;
}

// The tender screen shows what the terminal says.
Reaction give_to_card() {
  Reaction reaction = show(Screen::tender);
  reaction.commands.emplace_back(core::GiveBack{core::Tender::card});
  return reaction;
}

// Whether the payment is put off until the customer has said whether the receipt is to
// have an address.
Reaction pay(Reaction payment, const Scene& scene, SellInput& input) {
  if (!scene.till.asks_for_address) return payment;
  input.sheet = AddressInput{std::move(payment)};
  return {};
}

Reaction react_cart(const CartPanelTap& tap, const Scene& scene, SellInput& input) {
  using Kind = CartPanelTap::Kind;
  switch (tap.kind) {
    case Kind::none:
      return {};
    case Kind::customer:
      input.sheet = CustomerInput{.customer = scene.till.order.customer};
      return {};
    case Kind::clear_customer:
      return say(core::SetCustomer{});
    case Kind::menu:
      input.sheet = CartMenuInput{input.cart.selected};
      return {};
    case Kind::stop_collecting:
      if (!takes_empties(input.products)) return say(core::StopCollecting{});
      stop_taking_empties(input);
      return {};
    case Kind::cash:
      if (settles_returns(scene)) return say(core::GiveBack{});
      return pay(say(core::TakeCash{cash_due(scene)}), scene, input);
    case Kind::card:
      if (settles_returns(scene)) return give_to_card();
      return pay(pay_by_card(scene), scene, input);
    case Kind::note_paid: {
      const auto notes = likely_notes(cash_due(scene));
      if (tap.index >= notes.size()) return {};
      return pay(say(core::TakeCash{notes[tap.index]}), scene, input);
    }
    case Kind::more_tenders:
      if (settles_returns(scene)) return say(core::GiveBack{core::Tender::gift_card});
      return show(Screen::tender);
    case Kind::up:
    case Kind::down:
      move_selection(scene, input.cart, tap.kind == Kind::up);
      return {};
    default:
      if (tap.index < scene.till.order.lines.size()) {
        return react_line(tap, scene.till.order.lines[tap.index], input);
      }
      return react_back(tap, tap.index - scene.till.order.lines.size(), scene, input);
  }
}

Reaction react_menu(const CartMenuTap& tap, const Scene& scene, SellInput& input) {
  const core::LineId line = std::get<CartMenuInput>(input.sheet).line;
  if (tap.is_cancelled) input.sheet = {};
  if (!tap.choice) return {};
  input.sheet = {};
  switch (*tap.choice) {
    case CartMenuChoice::discount:
      input.sheet = DiscountInput{};
      break;
    case CartMenuChoice::price:
      input.sheet = DiscountInput{.line = line, .kind = Reduction::new_price};
      break;
    case CartMenuChoice::customer:
      input.sheet = CustomerInput{.customer = scene.till.order.customer};
      break;
    case CartMenuChoice::voucher:
      input.sheet = VoucherSaleInput{};
      break;
    case CartMenuChoice::comes_back:
      input.sheet = TakeBackInput{.line = line};
      break;
    case CartMenuChoice::drawer:
      return say(core::OpenDrawerByHand{"no sale"});
    case CartMenuChoice::void_cart:
      input.sheet = VoidInput{
          {}, scene.words.fill("{} item", "{} items", core::piece_count(scene.till.order))};
      break;
  }
  return {};
}

Reaction react_unknown(WaysTap tap, const Scene& scene, SellInput& input) {
  if (tap == WaysTap::none) return {};
  const std::string code = std::get<UnknownCodeInput>(input.sheet).code;
  input.sheet = {};
  if (tap == WaysTap::main) input.sheet = new_article(code, scene);
  if (tap == WaysTap::other) input.sheet = OpenItemInput{};
  return {};
}

// From the article to what lies on the shelf of it.
Reaction run_article(ui::Ui& ui, const Scene& scene, ArticleInput& article, SellInput& input) {
  FieldsTap tap = draw(ui, present(scene, article), article.fields, scene.words);
  // Where it lets go is no tap beside the sheet.
  if (article.is_held) tap = {};
  article.is_held = article.is_held && ui.is_finger_down();
  if (tap.foot == SheetTap::remove) {
    input.sheet = StockInput{article.article};
    ui.blur();
    return {};
  }
  SheetResult result = react(tap, scene, article);
  if (result.is_closed) {
    ui.blur();
    input.sheet = {};
  }
  return result.reaction;
}

Reaction run_sheet(ui::Ui& ui, const Scene& scene, SellInput& input) {
  if (auto* menu = std::get_if<CartMenuInput>(&input.sheet)) {
    const SellLayout at = sell_layout(shape_of(scene, input.products));
    return react_menu(draw(ui, present(scene, *menu), at.menu), scene, input);
  }
  if (auto* unknown = std::get_if<UnknownCodeInput>(&input.sheet)) {
    return react_unknown(draw(ui, present(scene, *unknown)), scene, input);
  }
  if (auto* article = std::get_if<ArticleInput>(&input.sheet))
    return run_article(ui, scene, *article, input);
  SheetResult result;
  std::visit(
      [&](auto& sheet) {
        using Sheet = std::decay_t<decltype(sheet)>;
        if constexpr (!std::is_same_v<Sheet, std::monostate> &&
                      !std::is_same_v<Sheet, CartMenuInput> &&
                      !std::is_same_v<Sheet, UnknownCodeInput> &&
                      !std::is_same_v<Sheet, ArticleInput>)
          result = run(ui, scene, sheet);
      },
      input.sheet);
  if (result.is_closed) input.sheet = {};
  return result.reaction;
}

}  // namespace

namespace {

// Whoever brought the empties has been served: the next scan is of goods again.
void follow_the_cart(const Scene& scene, SellInput& input) {
  if (!takes_empties(input.products)) return;
  const core::OrderId now = scene.till.order.id;
  if (!input.empties_of.is_nil() && input.empties_of != now) return stop_taking_empties(input);
  input.empties_of = now;
}

}  // namespace

Questions wants(const Scene& scene, const SellInput& input) {
  Questions questions = wants(scene, input.products);
  if (const auto* customer = std::get_if<CustomerInput>(&input.sheet)) {
    std::ranges::move(wants(scene, *customer), std::back_inserter(questions));
  }
  if (const auto* voucher = std::get_if<VoucherSaleInput>(&input.sheet)) {
    std::ranges::move(wants(scene, *voucher), std::back_inserter(questions));
  }
  return questions;
}

SellView present(const Scene& scene, const SellInput& input) {
  SellView view;
  view.products = present(scene, input.products);
  view.cart = present(scene, input.cart);
  if (takes_empties(input.products)) {
    view.cart.notice = scene.words("Empties: tap or scan them, or the slip");
    view.cart.notice_action = scene.words("Done");
  }
  if (shows_done(scene)) view.done = present_done(scene);
  return view;
}

SellTap draw(ui::Ui& ui, const SellView& view, SellInput& input) {
  const SellLayout at = sell_layout(view.products.shape);
  SellTap tap;
  tap.products = draw(ui, view.products, at, input.products);
  tap.cart = draw(ui, view.cart, at);
  if (view.done) tap.done = draw(ui, *view.done, at);
  return tap;
}

Reaction react(const SellTap& tap, const Scene& scene, SellInput& input) {
  follow_the_cart(scene, input);
  input.cart.last_seen = scene.till.last_line;
  const bool is_back = std::ranges::any_of(
      scene.till.order.returns, [&](const auto& line) { return line.id == input.cart.selected; });
  if (!is_back && !chosen_line(scene, input.cart)) input.cart.selected = {};
  if (tap.done == DoneTap::email && scene.till.done) {
    CustomerInput customer{.customer = {}, .mail_again = scene.till.done->order};
    customer.customer.email = scene.till.done->email;
    input.sheet = std::move(customer);
    return {};
  }
  if (tap.done != DoneTap::none && scene.till.done) return react(tap.done, scene);
  if (tap.cart.kind != CartPanelTap::Kind::none) return react_cart(tap.cart, scene, input);
  if (!input.adds_first_of.empty() && input.adds_first_of == scene.found.products.text &&
      tap.products.kind == ProductsTap::Kind::none)
    return submit_search(scene, input);
  return react_products(tap.products, scene, input);
}

Reaction run(ui::Ui& ui, const Scene& scene, SellInput& input) {
  // A sheet is drawn from the frame after its tap on: the release of that tap
  // lies beside it and would close it again.
  const bool was_open = !std::holds_alternative<std::monostate>(input.sheet);
  Reaction reaction = react(draw(ui, present(scene, input), input), scene, input);
  if (!was_open) return reaction;
  // The sheet takes the letters: none may go on into the search.
  if (ui.has_focus("search")) ui.blur();
  Reaction sheet = run_sheet(ui, scene, input);
  return sheet.is_empty() ? reaction : sheet;
}

bool take_code(const std::string& code, SellInput& input) {
  auto* voucher = std::get_if<VoucherSaleInput>(&input.sheet);
  if (voucher) voucher->number = core::without_symbology(code);
  return voucher != nullptr;
}

HelpTopic help_topic(const core::Snapshot& till, const SellInput& input) {
  const SellSheet& sheet = input.sheet;
  if (std::holds_alternative<VoucherSaleInput>(sheet)) return HelpTopic::vouchers;
  if (std::holds_alternative<TakeBackInput>(sheet)) return HelpTopic::returns;
  if (std::holds_alternative<CustomerInput>(sheet) || std::holds_alternative<AddressInput>(sheet)) {
    return HelpTopic::customers;
  }
  if (std::holds_alternative<ArticleInput>(sheet) || std::holds_alternative<StockInput>(sheet) ||
      std::holds_alternative<UnknownCodeInput>(sheet)) {
    return HelpTopic::articles;
  }
  const auto& returns = till.order.returns;
  if (returns.empty()) return HelpTopic::selling;
  const bool is_deposit = returns.front().kind == core::ReturnKind::deposit;
  return is_deposit ? HelpTopic::deposits : HelpTopic::returns;
}

bool takes_scan(const SellInput& input) {
  return std::holds_alternative<std::monostate>(input.sheet) ||
         std::holds_alternative<CartMenuInput>(input.sheet) ||
         std::holds_alternative<ParkedInput>(input.sheet) ||
         std::holds_alternative<UnknownCodeInput>(input.sheet);
}

core::Command asked_by_scan(const std::string& code, const SellInput& input) {
  if (takes_empties(input.products)) return core::ScanEmpties{code};
  return core::Scan{code};
}

void stop_taking_empties(SellInput& input) {
  if (!takes_empties(input.products)) return;
  clear_search(input);
  input.products.category = core::favourites_page;
  input.empties_of = {};
}

void ask_for_another(std::string code, SellInput& input) {
  if (takes_scan(input)) input.sheet = AnotherSlipInput{std::move(code)};
}

bool offer_unknown(std::string code, SellInput& input) {
  if (!takes_scan(input)) return false;
  input.sheet = UnknownCodeInput{std::move(code)};
  return true;
}

void forget_unknown(SellInput& input) {
  if (std::holds_alternative<UnknownCodeInput>(input.sheet)) input.sheet = {};
}

}  // namespace pos
