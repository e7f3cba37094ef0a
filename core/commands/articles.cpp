// Articles made and changed at the till, and their stock. What a platform keeps is
// changed there.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "core/base/text.h"
#include "core/catalogue/barcode.h"
#include "core/commands/all.h"
#include "core/commands/placed_order.h"
#include "core/store/article_store.h"
#include "core/store/catalogue_store.h"
#include "core/store/deposit_store.h"
#include "core/store/outbox_store.h"
#include "core/store/upstream_store.h"

namespace core {

namespace {

constexpr std::size_t longest_article_name = 200;
constexpr std::size_t longest_article_code = 48;

Refusal is_gone() {
  return refuse("This product is no longer there.", "", RefusalKind::not_found);
}

bool is_kept_by_platform(Till& till, std::int64_t variant) {
  const std::string& kind = till.settings.upstream.kind;
  if (variant == 0 || kind == "folder" || kind == "none") return false;
  return !upstream_variant(till.database, variant).upstream_id.empty();
}

// What a platform counts is told there, and everything to a folder, whose reader has books of
// his own.
bool is_told_of_stock(Till& till, std::int64_t variant) {
  return till.settings.upstream.kind == "folder" || is_kept_by_platform(till, variant);
}

// Why a platform could not follow.
std::optional<Refusal> cannot_be_told(Till& till, const Variant& known,
                                      const std::optional<Quantity>& after) {
  if (!is_kept_by_platform(till, known.id.row)) return {};
  if (!known.stock || upstream_variant(till.database, known.id.row).inventory_id.empty()) {
    return refuse("The platform does not count this article by itself: see its page there.");
  }
  if (!after) return refuse("The platform counts this article: switch that off there.");
  const std::int64_t delta = after->thousandths - known.stock->thousandths;
  if (!Quantity{delta}.is_whole()) return refuse("The platform counts whole pieces.");
  return {};
}

void tell_of_stock(Till& till, const Variant& article, std::int64_t move) {
  OutboxRow row;
  row.kind = OutboxKind::adjust_stock;
  row.key = new_id(till);
  row.note = name_of(article);
  row.stock_move = move;
  row.created = row.not_before = till.now();
  insert_outbox(till.database, row);
}

Refusal platform_keeps_it() {
  return refuse("The platform keeps this article: change it there.");
}

bool is_text(std::string_view text, std::size_t longest) {
  return text.size() <= longest && !has_control_character(text) &&
         text.find_first_of("\r\n") == std::string_view::npos;
}

// What is the till's own of an article that a platform keeps.
Variant with_own_of(Variant known, const Variant& wanted) {
  known.favourite = wanted.favourite;
  known.low_stock = wanted.low_stock;
  known.deposit = wanted.deposit;
  return known;
}

// One spelling for a code, and no blanks around a text.
Variant tidied(Variant article) {
  for (std::string* text : {&article.product_title, &article.title, &article.sku, &article.category,
                            &article.tax_code}) {
    *text = trim(*text);
  }
  std::vector<std::string> codes;
  for (const std::string& code : article.barcodes) {
    std::string normal = normal_barcode(code);
    if (!normal.empty() && std::ranges::find(codes, normal) == codes.end()) {
      codes.push_back(std::move(normal));
    }
  }
  article.barcodes = std::move(codes);
  return article;
}

std::optional<Refusal> is_impossible(const Till& till, const Variant& article) {
  if (article.product_title.empty()) return refuse("Please give it a name.");
  const bool is_readable = is_text(article.product_title, longest_article_name) &&
                           is_text(article.title, longest_article_name) &&
                           is_text(article.category, longest_article_name) &&
                           is_text(article.sku, longest_article_code);
  if (!is_readable) return refuse("This name is not possible.");
  if (article.price.minor < 0 || article.price.minor > largest_minor) {
    return refuse("This amount is not possible.");
  }
  if (!is_tax_code(till.settings.money.rates, article.tax_code)) {
    return refuse("There is no such tax rate.", article.tax_code);
  }
  for (const std::string& code : article.barcodes) {
    if (!is_text(code, longest_article_code)) return refuse("This code is too long.");
    if (is_rounded_number(code)) return refuse("This barcode is not whole.", code);
  }
  return {};
}

std::optional<Refusal> is_taken(Till& till, const Variant& article) {
  if (!article.sku.empty() && is_sku_taken(till.database, article.sku, article.id)) {
    return refuse("Another article has this number.", article.sku);
  }
  for (const std::string& code : article.barcodes) {
    const auto owner = owner_of_barcode(till.database, code);
    if (!owner || *owner == article.id) continue;
    const auto other = find_variant(till.database, *owner);
    return refuse("Another article has this barcode.",
                  fmt::format("{}: {}", code, other ? name_of(*other) : ""));
  }
  return {};
}

// A deposit is charged for a piece, and none is charged on a deposit.
std::optional<Refusal> has_no_room_for_deposit(Till& till, const Variant& article) {
  if (!article.deposit) return {};
  if (article.deposit->minor < 0 || article.deposit->minor > largest_minor) {
    return refuse("This amount is not possible.");
  }
  if (article.unit != Unit::piece) return refuse("What is weighed bears no deposit.");
  if (is_deposit(till.database, article.id)) return refuse("A deposit bears no deposit.");
  return {};
}

// What is new about it, for the journal.
std::string change_text(const Variant* before, const Variant& after) {
  if (!before) return fmt::format("new, {}", to_plain(after.price));
  std::string text;
  const auto note = [&](std::string_view what, std::string_view from, std::string_view to) {
    if (from == to) return;
    fmt::format_to(std::back_inserter(text), "{}{}: {} -> {}", text.empty() ? "" : "; ", what, from,
                   to);
  };
  note("name", name_of(*before), name_of(after));
  note("number", before->sku, after.sku);
  note("price", to_plain(before->price), to_plain(after.price));
  note("tax", before->tax_code, after.tax_code);
  note("category", before->category, after.category);
  note("barcodes", fmt::format("{}", fmt::join(before->barcodes, " ")),
       fmt::format("{}", fmt::join(after.barcodes, " ")));
  note("low stock", to_plain(before->low_stock), to_plain(after.low_stock));
  const auto deposit = [](const Variant& article) {
    return article.deposit ? to_plain(*article.deposit) : std::string("none");
  };
  note("deposit", deposit(*before), deposit(after));
  return text.empty() ? "looks" : text;
}

Handled move_stock(Till& till, std::int64_t row, std::string_view reason,
                   const std::function<std::optional<Quantity>(const Variant&)>& wanted) {
  if (auto no = forbidden(till, Permission::count_stock)) return tl::unexpected(*no);
  const auto known = find_variant(till.database, {row});
  if (!known) return tl::unexpected(is_gone());
  if (trim(reason).empty()) return tl::unexpected(refuse("Please give a reason."));
  const auto after = wanted(*known);
  if (after &&
      (after->thousandths > largest_thousandths || after->thousandths < -largest_thousandths)) {
    return tl::unexpected(refuse("This quantity is not possible."));
  }
  if (after && known->unit == Unit::piece && !after->is_whole()) {
    return tl::unexpected(refuse("This product is sold by the piece."));
  }
  if (auto no = cannot_be_told(till, *known, after)) return tl::unexpected(*no);
  const auto said = [](const std::optional<Quantity>& stock) {
    return stock ? to_plain(*stock) : std::string("not counted");
  };
  Work work(till);
  work.note("stock", name_of(*known),
            fmt::format("{} -> {}, {}", said(known->stock), said(after), trim(reason)));
  const std::int64_t move =
      insert_stock_move(till.database, known->id,
                        {till.now(), till.actor(), std::string(trim(reason)), known->stock, after});
  set_stock(till.database, known->id, after);
  const bool is_news = after != known->stock && is_told_of_stock(till, row);
  if (is_news) tell_of_stock(till, *known, move);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return is_news ? Effects{WakeSync{}} : Effects{};
}

}  // namespace

Handled carry_out(Till& till, const SaveArticle& command) {
  if (auto no = forbidden(till, Permission::edit_articles)) return tl::unexpected(*no);
  Variant article = tidied(command.article);
  article.price.currency = till.settings.shop.currency;
  if (article.deposit) article.deposit->currency = article.price.currency;
  std::optional<Variant> known;
  if (article.id.row != 0) {
    known = find_variant(till.database, article.id);
    if (!known) return tl::unexpected(is_gone());
    if (is_kept_by_platform(till, article.id.row)) {
      const bool is_same = name_of(article) == name_of(*known) && article.price == known->price &&
                           article.tax_code == known->tax_code && article.sku == known->sku &&
                           article.unit == known->unit && article.barcodes == known->barcodes;
      if (!is_same) return tl::unexpected(platform_keeps_it());
      article = with_own_of(*known, article);
    }
    if (known->stock) article.stock = known->stock;
  }
  if (article.deposit && article.deposit->is_zero()) article.deposit.reset();
  if (auto no = is_impossible(till, article)) return tl::unexpected(*no);
  if (auto no = is_taken(till, article)) return tl::unexpected(*no);
  if (auto no = has_no_room_for_deposit(till, article)) return tl::unexpected(*no);
  Work work(till);
  work.note("article", name_of(article), change_text(known ? &*known : nullptr, article));
  const std::string handle = "till-" + to_text(till.ids.next(till.now()));
  const std::int64_t row = save_article(till.database, article, handle);
  if (article.deposit != (known ? known->deposit : std::nullopt)) {
    save_deposit(till.database, {row}, article.deposit, command.deposit_name);
  }
  const bool is_first_count = article.stock && !(known && known->stock);
  if (is_first_count) {
    const std::int64_t move =
        insert_stock_move(till.database, {row},
                          {till.now(), till.actor(), "first count", std::nullopt, article.stock});
    if (is_told_of_stock(till, row)) tell_of_stock(till, article, move);
  }
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return Effects{};
}

Handled carry_out(Till& till, const RemoveArticle& command) {
  if (auto no = forbidden(till, Permission::edit_articles)) return tl::unexpected(*no);
  const auto known = find_variant(till.database, {command.variant});
  if (!known) return tl::unexpected(is_gone());
  if (is_kept_by_platform(till, command.variant)) return tl::unexpected(platform_keeps_it());
  Work work(till);
  work.note("article", name_of(*known), "removed");
  remove_article(till.database, known->id);
  if (auto failed = work.commit()) return tl::unexpected(*failed);
  ++till.orders_revision;
  return Effects{};
}

Handled carry_out(Till& till, const CountStock& command) {
  return move_stock(till, command.variant, command.reason,
                    [&](const Variant&) { return command.counted; });
}

Handled carry_out(Till& till, const MoveStock& command) {
  return move_stock(till, command.variant, command.reason, [&](const Variant& known) {
    const Quantity before = known.stock.value_or(Quantity{0});
    return std::optional(Quantity{before.thousandths + command.delta.thousandths});
  });
}

Handled carry_out(Till& till, const PrintLabels& command) {
  if (auto no = forbidden(till, Permission::sell)) return tl::unexpected(*no);
  if (till.settings.printer.kind == "none") return tl::unexpected(refuse("No printer is set up."));
  const auto articles = static_cast<std::int64_t>(command.variants.size());
  if (command.count <= 0 || articles == 0 || command.count > most_labels / articles) {
    return tl::unexpected(refuse("So many labels are not possible at once."));
  }
  PrintLabelSlips labels{till.settings.shop.language, {}, command.count};
  for (const std::int64_t row : command.variants) {
    auto article = find_variant(till.database, {row});
    if (!article) return tl::unexpected(is_gone());
    article->price.currency = till.settings.shop.currency;
    labels.articles.push_back(std::move(*article));
  }
  return Effects{std::move(labels)};
}

}  // namespace core
