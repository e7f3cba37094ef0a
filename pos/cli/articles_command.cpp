// tresen articles: make, change and remove what is for sale; count it and take it in.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "core/store/article_store.h"
#include "core/store/catalogue_search.h"
#include "core/store/catalogue_store.h"
#include "core/store/upstream_store.h"
#include "pos/cli/print_now.h"
#include "pos/cli/say.h"
#include "pos/cli/sign_in.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"
#include "pos/layout/label_slip.h"

namespace pos::cli {

namespace {

Table articles_table(const std::vector<core::Variant>& articles) {
  Table table({{"SKU", "sku"},
               {"Name", "name"},
               {"Price", "price", Align::right},
               {"", "currency"},
               {"Unit", "unit"},
               {"Tax", "tax"},
               {"Category", "category"},
               {"Stock", "stock", Align::right},
               {"Low", "low_stock", Align::right},
               {"Deposit", "deposit", Align::right},
               {"Barcodes", "barcodes"}});
  for (const core::Variant& article : articles) {
    table.add({article.sku, core::name_of(article), article.price, article.price.currency.text(),
               article.unit == core::Unit::piece ? "piece" : "kg", article.tax_code,
               article.category, article.stock ? Cell(*article.stock) : Cell("", nullptr),
               article.low_stock, article.deposit ? Cell(*article.deposit) : Cell("", nullptr),
               Cell(fmt::format("{}", fmt::join(article.barcodes, " ")), article.barcodes)});
  }
  return table;
}

class Articles final : public Command {
 public:
  explicit Articles(CLI::App& app) {
    app.require_subcommand(0, 1);
    list_ = verb(app, "list", "List or search the articles");
    list_->add_option("--search", text_, "Words of the name, a SKU or a barcode")
        ->type_name("TEXT");
    list_->add_flag("--low", is_low_, "Only those at or below their low-stock mark");
    list_->add_option("--limit", limit_, "At most so many")
        ->check(CLI::Range(1, 10'000'000))
        ->capture_default_str();
    add_ = verb(app, "add", "Make an article");
    add_->add_option("NAME", name_)->required();
    edit_ = verb(app, "edit", "Change an article");
    edit_->add_option("ARTICLE", article_, "Its SKU, a barcode or its name")->required();
    name_option_ = edit_->add_option("--name", name_, "Its new name");
    for (CLI::App* writing : {add_, edit_}) {
      writing->add_option("--price", price_, "As in 12.50")->required(writing == add_);
      writing->add_option("--tax", tax_, "Code of a tax rate, as in standard");
      sku_options_.push_back(writing->add_option("--sku", sku_, "Its number"));
      barcode_options_.push_back(
          writing->add_option("--barcode", barcodes_, "Its barcodes; an empty one takes all off"));
      category_options_.push_back(writing->add_option("--category", category_, "Its category"));
      deposit_options_.push_back(writing->add_option(
          "--deposit", deposit_, "The SKU of the deposit that is charged with it; empty: none"));
      writing->add_option("--low-stock", low_stock_, "From here on down it is scarce");
      writing->add_option("--favourite", favourite_, "Its place on the first page; 0: none");
    }
    add_->add_option("--stock", stock_, "What lies on the shelf; left out: it is not counted");
    add_->add_flag("--by-weight", is_by_weight_, "Sold by the kilogram");
    add_->add_flag("--gift-card", is_gift_card_, "A voucher");
    remove_ = verb(app, "remove", "Remove an article; what was sold of it stays");
    stock_verb_ = verb(app, "stock", "Say what lies on the shelf");
    receive_ = verb(app, "receive", "Take goods in, or out where QUANTITY is below 0");
    labels_ = verb(app, "labels", "Print price labels on the receipt printer");
    labels_->add_option("SKU", skus_, "The articles, by their SKU")->required();
    labels_->add_option("--count", count_, "So many of each")
        ->check(CLI::Range(std::int64_t{1}, core::most_labels))
        ->capture_default_str();
    history_ = verb(app, "history", "What became of an article's stock besides its sales");
    for (CLI::App* naming : {remove_, stock_verb_, receive_, history_}) {
      naming->add_option("ARTICLE", article_, "Its SKU, a barcode or its name")->required();
    }
    stock_verb_->add_option("QUANTITY", stock_, "As in 12 or 0.252; \"none\": not counted")
        ->required();
    receive_->add_option("QUANTITY", stock_, "As in 12 or 0.252")->required();
    for (CLI::App* moving : {stock_verb_, receive_}) {
      moving->add_option("--reason", reason_, "What for")->required();
    }
    for (CLI::App* doing : {add_, edit_, remove_, stock_verb_, receive_}) {
      doing->add_option("--as", cashier_, "Who does this, once there are cashiers")
          ->type_name("NAME");
      doing->add_option("--approved-by", approver_, "The manager whose PIN follows, where needed")
          ->type_name("NAME");
      doing->add_option("--pin-file", pin_file_, "A file with the PINs, one a line, or -")
          ->type_name("FILE");
    }
  }

  Status run(const Common& common) override {
    for (const CLI::App* doing : {add_, edit_, remove_, stock_verb_, receive_}) {
      if (doing->parsed()) return work(common);
    }
    if (labels_->parsed()) return print_labels(common);
    return history_->parsed() ? show_history(common) : list(common);
  }

 private:
  static CLI::App* verb(CLI::App& app, const char* name, const char* says) {
    CLI::App* sub = app.add_subcommand(name, says);
    sub->fallthrough();
    return sub;
  }

  Status list(const Common& common) const {
    const auto found = [this](Reading& store) {
      auto articles = is_low_         ? core::scarce_articles(store.database, limit_)
                      : text_.empty() ? core::list_variants(store.database, {}, limit_)
                                      : core::search(store.database, text_, limit_);
      core::show_turned_prices(store.database, articles, core::SystemClock().now());
      return articles_table(articles);
    };
    return print_from_store(common, found,
                            is_low_         ? "nothing is scarce"
                            : text_.empty() ? "no articles yet: tresen articles add NAME"
                                            : "no article is like this");
  }

  // The one that is meant; nothing: it was said that there is none.
  std::optional<core::Variant> article(core::Database& database) const {
    auto found = core::find_by_sku(database, article_);
    if (!found) found = core::find_by_barcode(database, article_);
    if (!found) found = core::find_by_name(database, article_);
    if (!found && core::is_sku_of_several(database, article_)) {
      fail("several articles have the number " + article_ + "; name one by its barcode", attention);
    } else if (!found) {
      fail("there is no article \"" + article_ + "\"; see tresen articles", attention);
    }
    return found;
  }

  Status print_labels(const Common& common) const {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    core::PrintLabelSlips labels{store->settings.shop.language, {}, count_};
    for (const std::string& sku : skus_) {
      auto found = core::find_by_sku(store->database, sku);
      if (!found)
        return fail("there is no article \"" + sku + "\"; see tresen articles", attention);
      labels.articles.push_back(std::move(*found));
    }
    core::show_turned_prices(store->database, labels.articles, core::SystemClock().now());
    if (const Status read = after_reading(store->database); read != well) return read;
    if (count_ > core::most_labels / static_cast<std::int64_t>(labels.articles.size())) {
      return fail(fmt::format("at most {} labels at once", core::most_labels), wrong_usage);
    }
    const Translations translations = Translations::load();
    const Words& words = translations(language_from(labels.language));
    return print_now(store->settings.printer, label_slips(labels, words));
  }

  Status show_history(const Common& common) const {
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto known = article(store->database);
    if (!known) return attention;
    Table table({{"At", "at"},
                 {"Who", "who"},
                 {"Before", "before", Align::right},
                 {"After", "after", Align::right},
                 {"Why", "reason"}});
    const auto cell = [](const std::optional<core::Quantity>& stock) {
      return stock ? Cell(*stock) : Cell("", nullptr);
    };
    for (const core::StockMove& move : core::stock_moves(store->database, known->id, limit_)) {
      table.add({time_cell(move.at, store->settings.shop.time_zone), move.who, cell(move.before),
                 cell(move.after), move.reason});
    }
    if (const Status read = after_reading(store->database); read != well) return read;
    print_table(table, common.json ? Form::json : Form::text, "its stock was never counted");
    return well;
  }

  static std::optional<core::Quantity> quantity(const std::string& text) {
    const bool is_below = text.starts_with('-');
    const auto parsed = core::parse_quantity(is_below ? text.substr(1) : text);
    if (!parsed) {
      fail(fmt::format("\"{}\" is not a quantity like 2 or 0.252", text), wrong_usage);
      return {};
    }
    return is_below ? core::Quantity{-parsed->thousandths} : *parsed;
  }

  static bool is_given(const std::vector<CLI::Option*>& options) {
    return std::ranges::any_of(options,
                               [](const CLI::Option* option) { return option->count() > 0; });
  }

  // What was said of it on the command line; false: it was said what is wrong.
  bool change(core::Variant& article, core::Currency currency) const {
    if (add_->parsed() || name_option_->count() > 0) {
      article.product_title = name_;
      article.title.clear();
    }
    if (!price_.empty()) {
      const auto price = core::parse_plain(price_, currency);
      if (!price) {
        fail(fmt::format("\"{}\" is not an amount as in 12.50", price_), wrong_usage);
        return false;
      }
      article.price = *price;
    }
    if (!tax_.empty()) article.tax_code = tax_;
    if (is_given(sku_options_)) article.sku = sku_;
    if (is_given(category_options_)) article.category = category_;
    if (is_given(barcode_options_)) {
      article.barcodes.clear();
      for (const std::string& code : barcodes_) {
        if (!code.empty()) article.barcodes.push_back(code);
      }
    }
    if (favourite_ >= 0) article.favourite = favourite_;
    if (is_by_weight_) article.unit = core::Unit::kilogram;
    if (is_gift_card_) article.gift_card = true;
    if (!low_stock_.empty()) {
      const auto mark = quantity(low_stock_);
      if (!mark) return false;
      article.low_stock = *mark;
    }
    if (add_->parsed() && !stock_.empty()) {
      article.stock = quantity(stock_);
      if (!article.stock) return false;
    }
    return true;
  }

  std::optional<core::Command> command_for(core::Register& till) const {
    core::Variant known;
    if (!add_->parsed()) {
      auto found = article(till.database());
      if (!found) return {};
      known = std::move(*found);
    }
    if (remove_->parsed()) return core::RemoveArticle{known.id.row};
    if (stock_verb_->parsed() && stock_ == "none") {
      return core::CountStock{known.id.row, {}, reason_};
    }
    if (stock_verb_->parsed() || receive_->parsed()) {
      const auto said = quantity(stock_);
      if (!said) return {};
      if (receive_->parsed()) return core::MoveStock{known.id.row, *said, reason_};
      return core::CountStock{known.id.row, said, reason_};
    }
    const core::Currency currency = till.snapshot().settings.shop.currency;
    if (!change(known, currency)) return {};
    return core::SaveArticle{std::move(known)};
  }

  Status work(const Common& common) const {
    auto pins = Pins::from(pin_file_);
    if (!pins) return cannot;
    const core::SystemClock clock;
    const auto till = open_register(common, clock);
    if (!till) return cannot;
    const auto command = command_for(*till);
    if (!command) return attention;
    if (const Status signed_in = sign_in(*till, cashier_, *pins); signed_in != well) {
      return signed_in;
    }
    const std::string approval = approver_.empty() ? "" : pins->next("PIN of " + approver_);
    const auto done = till->handle(*command, approval);
    if (!done) return say_refusal(done.error());
    return is_given(deposit_options_) ? link_deposit(*till, *command) : well;
  }

  // The article may just have been made: it is known by its number then.
  Status link_deposit(core::Register& till, const core::Command& command) const {
    const auto* saved = command.as<core::SaveArticle>();
    if (!saved) return well;
    core::Database& database = till.database();
    std::int64_t row = saved->article.id.row;
    if (const auto made = core::find_by_sku(database, saved->article.sku); row == 0 && made) {
      row = made->id.row;
    }
    const auto deposit = deposit_.empty() ? std::nullopt : core::find_by_sku(database, deposit_);
    if (row == 0 || (!deposit_.empty() && !deposit)) {
      return fail("--deposit needs an article with --sku, and the SKU of one that is there",
                  attention);
    }
    const auto done = till.handle(core::SetDeposit{row, deposit ? deposit->id.row : 0});
    return done ? well : say_refusal(done.error());
  }

  CLI::App *list_ = nullptr, *add_ = nullptr, *edit_ = nullptr, *remove_ = nullptr,
           *stock_verb_ = nullptr, *receive_ = nullptr, *history_ = nullptr;
  CLI::App* labels_ = nullptr;
  CLI::Option* name_option_ = nullptr;
  std::vector<CLI::Option*> sku_options_, barcode_options_, category_options_, deposit_options_;
  std::string text_, article_, name_, price_, tax_, sku_, category_, low_stock_, stock_, reason_,
      deposit_, cashier_, approver_, pin_file_;
  std::vector<std::string> barcodes_, skus_;
  std::int64_t count_ = 1;
  bool is_low_ = false, is_by_weight_ = false, is_gift_card_ = false;
  int limit_ = 50, favourite_ = -1;
};

}  // namespace

std::unique_ptr<Command> articles_command(CLI::App& app) {
  return std::make_unique<Articles>(app);
}

}  // namespace pos::cli
