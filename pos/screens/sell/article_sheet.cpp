#include "pos/screens/sell/article_sheet.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "pos/layout/deposit_name.h"
#include "pos/layout/tax_words.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

namespace icons = ui::icons;
enum Place : std::size_t { name, price, barcodes, category, low_stock, deposit, stock };

constexpr std::array<std::int64_t, 4> label_counts{1, 2, 5, 10};

// A new favourite stands behind the others.
constexpr int last_favourite = 1000;

// "12,50" or "12.50": as people write it on a shelf.
std::string with_point(std::string_view text) {
  std::string plain(core::trim(text));
  std::ranges::replace(plain, ',', '.');
  return plain;
}

std::optional<core::Money> amount_of(std::string_view text, core::Currency currency) {
  std::string amount = with_point(text);
  // "1.234.50": only the last one is a decimal sign.
  for (auto dot = amount.find('.'); dot != amount.rfind('.'); dot = amount.find('.')) {
    amount.erase(dot, 1);
  }
  const auto parsed = core::parse_plain(amount, currency);
  return parsed ? std::optional(*parsed) : std::nullopt;
}

std::optional<core::Quantity> quantity_of(std::string_view text) {
  const auto parsed = core::parse_quantity(with_point(text));
  return parsed ? std::optional(*parsed) : std::nullopt;
}

std::vector<std::string> codes_in(std::string_view text) {
  std::vector<std::string> codes;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(" ,;"), text.size());
    if (end > 0) codes.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return codes;
}

std::vector<core::TaxRate> rates_of(const Scene& scene) {
  std::vector<core::TaxRate> rates;
  for (const core::TaxRate& rate : scene.till.settings.money.rates) {
    const bool is_known = std::ranges::any_of(
        rates, [&](const core::TaxRate& other) { return other.code == rate.code; });
    if (!is_known) rates.push_back(rate);
  }
  return rates;
}

void add_choices(FieldsView& view, const Scene& scene, const ArticleInput& input) {
  const Words& words = scene.words;
  FieldsView::Choice tax{std::string(words("Tax rate")), {}, {}};
  for (const core::TaxRate& rate : rates_of(scene)) {
    if (rate.code == input.tax) tax.chosen = tax.words.size();
    tax.words.push_back(tax_words({rate.rate, rate.key}, words));
  }
  const bool is_weighed = input.unit == core::Unit::kilogram;
  FieldsView::Choice unit{std::string(words("Sold by")),
                          {std::string(words("Piece")), std::string(words("Kilogram"))},
                          is_weighed ? 1 : 0};
  FieldsView::Choice favourite{std::string(words("On the first page")),
                               {std::string(words("Yes")), std::string(words("No"))},
                               input.is_favourite ? 0 : 1};
  view.choices = {std::move(tax), std::move(unit), std::move(favourite)};
}

SheetResult print_labels(const Scene& scene, const ArticleInput& input, std::size_t chosen) {
  const std::int64_t count = label_counts.at(chosen);
  Reaction reaction = say(core::PrintLabels{{input.article.id.row}, count});
  reaction.toast =
      scene.words.fill("{} label goes to the printer.", "{} labels go to the printer.", count);
  return {std::move(reaction), false};
}

auto wrong(std::string_view why) {
  return tl::unexpected(why);
}

bool is_saved(const Scene& scene, std::uint64_t sent_at) {
  return sent_at != 0 && scene.till.revision > sent_at;
}

}  // namespace

ArticleInput edit_article(const core::Variant& article, Language language) {
  ArticleInput input{article};
  input.tax = article.tax_code;
  input.unit = article.unit;
  input.is_favourite = article.favourite > 0;
  input.fields.values = {core::name_of(article),
                         amount_text(article.price, language),
                         fmt::format("{}", fmt::join(article.barcodes, " ")),
                         article.category,
                         quantity_text(article.low_stock, language),
                         article.deposit ? amount_text(*article.deposit, language) : ""};
  if (article.id.row == 0) {
    input.fields.values[price].clear();
    input.fields.values.emplace_back();
  }
  return input;
}

ArticleInput new_article(const std::string& code, const Scene& scene) {
  core::Variant article;
  article.barcodes = {code};
  const auto rates = rates_of(scene);
  if (!rates.empty()) article.tax_code = rates.front().code;
  article.price.currency = scene.till.settings.shop.currency;
  return edit_article(article, scene.words.language());
}

core::Result<core::Variant, std::string_view> article_on(const ArticleInput& input,
                                                         core::Currency currency) {
  const std::vector<std::string>& values = input.fields.values;
  core::Variant article = input.article;
  const std::string_view title = core::trim(values[name]);
  if (title.empty()) return wrong("Please give it a name.");
  if (title != core::name_of(article)) {
    article.product_title = title;
    article.title.clear();
  }
  const auto parsed = amount_of(values[price], currency);
  if (!parsed) return wrong("Key in the price first.");
  article.price = *parsed;
  article.deposit.reset();
  if (!core::trim(values[deposit]).empty()) {
    article.deposit = amount_of(values[deposit], currency);
    if (!article.deposit) return wrong("This amount is not possible.");
  }
  article.barcodes = codes_in(values[barcodes]);
  article.category = core::trim(values[category]);
  const auto mark = quantity_of(values[low_stock]);
  if (!mark) return wrong("This quantity is not possible.");
  article.low_stock = *mark;
  if (values.size() > stock && !core::trim(values[stock]).empty()) {
    article.stock = quantity_of(values[stock]);
    if (!article.stock) return wrong("This quantity is not possible.");
  }
  article.tax_code = input.tax;
  article.unit = input.unit;
  if (!input.is_favourite) article.favourite = 0;
  if (input.is_favourite && article.favourite == 0) article.favourite = last_favourite;
  return article;
}

FieldsView present(const Scene& scene, const ArticleInput& input) {
  const Words& words = scene.words;
  const bool is_new = input.article.id.row == 0;
  FieldsView view;
  view.title = words(is_new ? "New article" : "Change article");
  view.keyboard_word = words("Keyboard");
  const auto add = [&](const char* id, std::string_view label, ui::Icon icon,
                       ui::KeyboardKind keyboard) {
    view.fields.push_back({id, std::string(words(label)), "", icon, 200, keyboard});
  };
  using enum ui::KeyboardKind;
  add("article-name", "Name", icons::label, text);
  add("article-price", "Price", icons::euro, number);
  add("article-barcodes", "Barcodes", icons::qr_code_scanner, number);
  add("article-category", "Category", icons::grid_view, text);
  add("article-low", "Scarce from", icons::none, number);
  add("article-deposit", "Deposit on bottle or crate", icons::undo, number);
  view.fields.back().placeholder = words("none");
  if (is_new) add("article-stock", "Stock", icons::inventory_2, number);
  add_choices(view, scene, input);
  const auto article = article_on(input, scene.till.settings.shop.currency);
  if (!is_new) {
    FieldsView::Choice labels{std::string(words("Print price labels")), {}, {}};
    for (const std::int64_t count : label_counts) {
      labels.words.push_back(number_text(count, words.language()));
    }
    // They say what is saved.
    if (!article || *article != input.article) labels.why_not = words("Please save it first.");
    view.choices.push_back(std::move(labels));
  }
  view.foot = foot(scene, words("Save"), article ? "" : words(article.error()));
  if (!is_new) view.foot.remove = words("Count stock");
  return view;
}

SheetResult react(const FieldsTap& tap, const Scene& scene, ArticleInput& input) {
  if (is_saved(scene, input.sent_at)) return close_sheet();
  if (tap.choice) {
    const auto [which, word] = *tap.choice;
    const auto rates = rates_of(scene);
    if (which == 0 && word < rates.size()) input.tax = rates[word].code;
    if (which == 1) input.unit = word == 1 ? core::Unit::kilogram : core::Unit::piece;
    if (which == 2) input.is_favourite = word == 0;
    if (which == 3 && word < label_counts.size()) return print_labels(scene, input, word);
  }
  if (tap.foot == SheetTap::cancel) return close_sheet();
  if (tap.foot != SheetTap::accept) return {};
  const auto article = article_on(input, scene.till.settings.shop.currency);
  if (!article) return {};
  input.sent_at = scene.till.revision;
  return {say(core::SaveArticle{*article, deposit_name(scene.words)}), false};
}

FieldsView present(const Scene& scene, const StockInput& input) {
  const Words& words = scene.words;
  FieldsView view;
  view.title = core::name_of(input.article);
  view.keyboard_word = words("Keyboard");
  view.explained = input.article.stock
                       ? words.fill("{} in stock by the books.",
                                    {quantity_text(*input.article.stock, words.language())})
                       : std::string(words("Its stock was never counted."));
  view.fields.push_back({"stock-quantity", std::string(words("Quantity")), "", icons::inventory_2,
                         20, ui::KeyboardKind::number});
  view.fields.push_back({"stock-reason", std::string(words("Reason")), "", icons::edit_note, 200});
  view.choices.push_back({std::string(words("What is it?")),
                          {std::string(words("Counted")), std::string(words("Came in")),
                           std::string(words("Taken out"))},
                          static_cast<std::size_t>(input.work)});
  const bool has_both = input.fields.values.size() == 2;
  const bool is_quantity = has_both && quantity_of(input.fields.values[0]).has_value();
  const bool has_reason = has_both && !core::trim(input.fields.values[1]).empty();
  view.foot = foot(scene, words("Save"),
                   !is_quantity  ? words("Key in the quantity first.")
                   : !has_reason ? words("Please give a reason.")
                                 : "");
  return view;
}

SheetResult react(const FieldsTap& tap, const Scene& scene, StockInput& input) {
  if (tap.choice) input.work = static_cast<StockWork>(tap.choice->second);
  if (tap.foot == SheetTap::cancel) return close_sheet();
  if (tap.foot != SheetTap::accept || !present(scene, input).foot.why_not.empty()) return {};
  const core::Quantity said = *quantity_of(input.fields.values[0]);
  const std::string& reason = input.fields.values[1];
  input.sent_at = scene.till.revision;
  const std::int64_t row = input.article.id.row;
  if (input.work == StockWork::count) return {say(core::CountStock{row, said, reason}), false};
  const bool is_out = input.work == StockWork::take_out;
  return {say(core::MoveStock{row, {is_out ? -said.thousandths : said.thousandths}, reason}),
          false};
}

SheetResult run(ui::Ui& ui, const Scene& scene, StockInput& input) {
  SheetResult result =
      is_saved(scene, input.sent_at)
          ? close_sheet()
          : react(draw(ui, present(scene, input), input.fields, scene.words), scene, input);
  if (result.is_closed) ui.blur();
  return result;
}

WaysView present(const Scene& scene, const UnknownCodeInput& input) {
  const Words& words = scene.words;
  WaysView view;
  view.title = words("Unknown code");
  view.words = std::string(words("No product has this code.")) + " " + input.code;
  view.main = words("Make an article of it");
  view.other = words("Sell it once");
  view.cancel = words("Cancel");
  return view;
}

}  // namespace pos
