// A product, an open item or a scanned code becomes a line of the open cart.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/catalogue/barcode.h"
#include "core/catalogue/gs1.h"
#include "core/commands/add_line.h"
#include "core/commands/all.h"
#include "core/commands/pins.h"
#include "core/commands/settle_vouchers.h"
#include "core/commands/signing_steps.h"
#include "core/orders/account.h"
#include "core/store/catalogue_store.h"
#include "core/store/deposit_store.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/voucher_store.h"
#include "core/tax/country.h"

namespace core {

namespace {

constexpr std::size_t longest_code = 512;  // a Digital Link with all that it can say

LineItem line_of(Till& till, const Variant& variant, Quantity quantity) {
  LineItem line;
  line.variant = variant.id.row;
  line.title = name_of(variant);
  line.sku = variant.sku;
  line.barcode = variant.barcodes.empty() ? "" : variant.barcodes.front();
  line.unit = variant.unit;
  line.unit_price = {variant.price.minor, till.settings.shop.currency};
  line.quantity = quantity;
  line.tax_code = variant.tax_code;
  line.digital = variant.digital;
  line.gift_card = variant.gift_card;
  if (variant.gift_card) {
    line.voucher = new_voucher_number(till);
    line.tax_code = not_taxable;
  }
  line.category = variant.category;
  return line;
}

// The same piece again makes two of it, unless something sets the line apart.
std::optional<std::size_t> line_to_grow(const Order& order, const LineItem& added) {
  if (!added.variant || sells_voucher(added) || added.unit != Unit::piece ||
      !added.quantity.is_whole())
    return {};
  for (std::size_t i = order.lines.size(); i-- > 0;) {
    const LineItem& line = order.lines[i];
    if (line.variant == added.variant && line.unit == added.unit && !line.discount &&
        !is_deposit(line) && !line.regular_price && line.note.empty() &&
        line.unit_price == added.unit_price &&
        line.quantity.thousandths + added.quantity.thousandths <= largest_thousandths) {
      return i;
    }
  }
  return {};
}

}  // namespace

void charge_deposit(Till& till, Order& order, std::size_t at) {
  const LineItem& article = order.lines[at];
  auto own = std::ranges::find(order.lines, article.id, &LineItem::deposit_for);
  if (own == order.lines.end()) {
    if (article.variant == 0 || article.unit != Unit::piece) return;
    const auto deposit = deposit_of(till.database, {article.variant});
    const auto variant = deposit ? find_variant(till.database, *deposit) : std::nullopt;
    if (!variant) return;
    LineItem line = line_of(till, *variant, article.quantity);
    line.id = {till.ids.next(till.now())};
    line.deposit_for = article.id;
    line.tax_code = article.tax_code;
    line.tax_rate = article.tax_rate;
    line.tax_key = article.tax_key;
    order.lines.push_back(std::move(line));
    own = order.lines.end() - 1;
  } else {
    own->quantity = article.quantity;
  }
  save_line(till.database, order, static_cast<std::size_t>(own - order.lines.begin()));
}

Taxed taxed_today(Till& till, std::string_view code) {
  const std::vector<TaxRate>& rates = till.settings.money.rates;
  const Rate rate = rate_on(rates, code, today(till));
  return {rate, key_of(country_from(till.settings.shop.country), rates, code, rate)};
}

Handled add_line(Till& till, LineItem line) {
  if (auto fixed = cart_is_fixed(till)) return tl::unexpected(*fixed);
  if (auto no = forbidden(till, Permission::sell)) return tl::unexpected(*no);
  if (auto no = needs_device(till)) return tl::unexpected(*no);
  if (line.quantity.thousandths <= 0 || line.quantity.thousandths > largest_thousandths) {
    return tl::unexpected(refuse("This quantity is not possible."));
  }
  if (sells_voucher(line) && line.quantity != pieces(1)) {
    return tl::unexpected(refuse("Each voucher is a line of its own."));
  }
  const Taxed taxed = taxed_today(till, line.tax_code);
  line.tax_rate = taxed.rate;
  line.tax_key = taxed.key;
  Order order = cart_copy(till);
  Work work(till);
  begin_if_new(till, order);
  std::size_t at = order.lines.size();
  if (const auto same = line_to_grow(order, line)) {
    at = *same;
    order.lines[at].quantity.thousandths += line.quantity.thousandths;
  } else {
    line.id = {till.ids.next(till.now())};
    order.lines.push_back(std::move(line));
  }
  if (is_too_large(order)) return tl::unexpected(refuse("This amount is too large."));
  save_line(till.database, order, at);
  Effects effects;
  if (order.lines.size() == 1) begin_signing(till, order, effects);
  const LineId added = order.lines[at].id;
  charge_deposit(till, order, at);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  till.last_line = added;
  till.last.reset();
  keep_cart(till, std::move(order));
  return effects;
}

namespace {

// A price label is sold as one piece at its price; a weight label by weight.
LineItem labelled(Till& till, const Variant& variant, const std::variant<Money, Quantity>& value) {
  if (const auto* amount = std::get_if<Quantity>(&value)) return line_of(till, variant, *amount);
  LineItem line = line_of(till, variant, pieces(1));
  // A label without a price gives nothing away.
  if (std::get<Money>(value).minor <= 0) return line;
  line.unit = Unit::piece;
  line.unit_price = std::get<Money>(value);
  return line;
}

// ISO 4217 has a number for each code; these are the till's currencies.
Currency currency_numbered(std::string_view number, Currency of_the_shop) {
  if (number.empty()) return of_the_shop;
  if (number == "978") return eur;
  if (number == "756") return chf;
  if (number == "840") return usd;
  return number == "826" ? currency_from("GBP") : Currency{};
}

// What a code of GS1 says of the piece in hand: its weight, its price, how many.
LineItem described(Till& till, const Variant& variant, const Gs1Code& code) {
  const Currency currency = till.settings.shop.currency;
  if (code.grams && variant.unit == Unit::kilogram) {
    return line_of(till, variant, Quantity{*code.grams});
  }
  if (code.price && currency_numbered(code.price_currency, currency) == currency) {
    if (const auto price = parse_plain(*code.price, currency)) {
      return labelled(till, variant, *price);
    }
  }
  const bool counts = code.pieces && *code.pieces <= largest_thousandths / 1000;
  return line_of(till, variant, counts ? pieces(*code.pieces) : pieces(1));
}

// By a number of the trade, or the shop's own: as it is, or as a label of the scale.
std::optional<LineItem> line_by_number(Till& till, std::string_view code) {
  auto variant = find_by_barcode(till.database, code);
  if (const auto other = variant ? std::nullopt : other_spelling(code)) {
    variant = find_by_barcode(till.database, *other);
  }
  if (variant) return line_of(till, *variant, pieces(1));
  const auto label = read_embedded(code, till.settings.scanner.labels, till.settings.shop.currency);
  if (!label) return {};
  variant = find_by_barcode(till.database, label->lookup);
  if (!variant) variant = find_by_sku(till.database, label->item);
  if (!variant) return {};
  return labelled(till, *variant, label->value);
}

}  // namespace

std::optional<LineItem> line_by_code(Till& till, std::string_view code) {
  if (auto line = line_by_number(till, without_symbology(code))) return line;
  if (const auto gs1 = read_gs1(code)) {
    if (const auto variant = find_by_barcode(till.database, gs1->gtin)) {
      return described(till, *variant, *gs1);
    }
    return line_by_number(till, gs1->gtin);
  }
  if (const auto magazine = without_addon(without_symbology(code))) {
    return line_by_number(till, *magazine);
  }
  return {};
}

Handled carry_out(Till& till, const AddVariant& command) {
  const auto variant = find_variant(till.database, {command.variant});
  if (!variant) {
    return tl::unexpected(refuse("This product is no longer there.", "", RefusalKind::not_found));
  }
  return add_line(till, line_of(till, *variant, command.quantity));
}

namespace {

// Pays for what is in hand, as a tender; with nothing to pay it is looked at.
Handled scanned(Till& till, const std::string& voucher) {
  if (till.has_order() && owed(till.in_hand()).minor > 0) {
    return carry_out(till, TakeVoucher{voucher});
  }
  return Effects{ShowVoucher{voucher}};
}

}  // namespace

namespace {

// "T2-R000123": a till's name, and the number of a receipt.
bool is_receipt_code(std::string_view code) {
  constexpr std::size_t digits = 6;
  const std::size_t at = code.rfind("-R");
  if (at == code.npos || at == 0 || code.size() - at - 2 < digits) return false;
  return std::all_of(code.begin() + static_cast<std::ptrdiff_t>(at) + 2, code.end(), is_digit);
}

}  // namespace

Handled carry_out(Till& till, const Scan& command) {
  const std::string code(trim(command.code));
  if (code.size() > longest_code) return tl::unexpected(refuse("This code is too long."));
  const std::string plain(without_symbology(code));
  if (is_receipt_code(plain)) {
    // Of this till, whatever it was called then.
    auto receipt = find_receipt_by_code(till.database, plain);
    if (receipt && receipt->kind == ReceiptKind::aborted) {
      return tl::unexpected(refuse("This cart was given up.", receipt->order.number));
    }
    if (receipt && has_order(receipt->kind)) return Effects{ShowOrder{receipt->order.id}};
    if (receipt) return Effects{ShowDayReceipt{std::move(*receipt)}};
    if (!plain.starts_with(till.settings.till.id + "-R")) {
      return tl::unexpected(
          refuse("This receipt is of another till: look for its order number on the Orders page.",
                 plain, RefusalKind::not_found));
    }
  }
  // No code of a voucher ever sells an article.
  const std::string voucher = plain_voucher_number(plain);
  if (find_voucher(till.database, voucher)) return scanned(till, voucher);
  if (is_voucher_number(voucher)) {
    return tl::unexpected(
        refuse("This voucher is not known here.", voucher, RefusalKind::not_found));
  }
  if (read_deposit_slip(plain, till.settings.deposits.slip, till.settings.shop.currency)) {
    return carry_out(till, TakeDepositSlip{plain});
  }
  if (auto line = line_by_code(till, code)) return add_line(till, std::move(*line));
  if (const auto variant = find_by_sku(till.database, plain)) {
    return add_line(till, line_of(till, *variant, pieces(1)));
  }
  if (is_sku_of_several(till.database, plain)) {
    return tl::unexpected(refuse("Several products have this number. Please choose one.", plain,
                                 RefusalKind::not_found));
  }
  if (find_by_badge(till, code)) return carry_out(till, SignInByBadge{code});
  return tl::unexpected(refuse("No product has this code.", plain, RefusalKind::not_found));
}

Handled carry_out(Till& till, const AddOpenItem& command) {
  if (trim(command.title).empty()) return tl::unexpected(refuse("Please give it a name."));
  if (command.price.minor <= 0 || command.price.minor > largest_minor) {
    return tl::unexpected(refuse("This amount is not possible."));
  }
  if (!is_tax_code(till.settings.money.rates, command.tax_code)) {
    return tl::unexpected(refuse("There is no such tax rate.", command.tax_code));
  }
  LineItem line;
  line.title = trim(command.title);
  line.unit_price = {command.price.minor, till.settings.shop.currency};
  line.tax_code = command.tax_code;
  return add_line(till, std::move(line));
}

}  // namespace core
