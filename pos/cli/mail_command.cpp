// tresen mail preview KIND: a mail of an order as its reader will see it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <optional>

#include "core/store/order_store.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"
#include "pos/mail_body.h"

namespace pos::cli {

namespace {

// "confirmation", "new-order", "fulfilment-service" ...
std::optional<core::OutboxKind> mail_kind(std::string name) {
  std::replace(name.begin(), name.end(), '-', ' ');
  for (int i = 0; i <= static_cast<int>(core::OutboxKind::mail_fulfilment_service); ++i) {
    const auto kind = static_cast<core::OutboxKind>(i);
    if (kind != core::OutboxKind::mail_receipt && core::word(kind) == "mail " + name) return kind;
  }
  return {};
}

class MailPreview final : public Command {
 public:
  explicit MailPreview(CLI::App& app) {
    app.add_option("WHAT", what_, "preview")->required()->check(CLI::IsMember({"preview"}));
    app.add_option("KIND", kind_,
                   "new-order, confirmation, fulfilled, ready, downloads, expiring or "
                   "fulfilment-service")
        ->required();
    app.add_option("--order", order_, "The number of the order that it is about")->required();
    app.add_option("--language", language_, "de or en [default: the customer's]");
    app.add_option("--to", file_, "Write the HTML part to this file")->type_name("FILE");
  }

  Status run(const Common& common) override {
    const auto kind = mail_kind(kind_);
    if (!kind) return fail(fmt::format("there is no mail \"{}\"", kind_), wrong_usage);
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const auto order = core::find_order_by_number(store->database, order_);
    if (!order) return fail("there is no order " + order_, attention);
    core::OutboxRow row;
    row.kind = *kind;
    row.order_row = order->row;
    if (!order->fulfilments.empty()) row.subject = order->fulfilments.back().id.uuid;
    std::string language = language_.empty() ? order->customer.language : language_;
    if (language.empty()) language = store->settings.shop.language;
    const Translations translations = Translations::load();
    const auto mail = order_mail(store->database, row, translations(language_from(language)),
                                 {store->settings.shop, common.data / "templates"});
    if (!mail) return fail("there is no template for this mail");
    if (!file_.empty()) {
      std::ofstream file(file_, std::ios::binary);
      file << mail->html;
      if (!file.flush()) return fail(file_ + " cannot be written");
    }
    if (common.json) {
      print_json({{"subject", mail->subject}, {"text", mail->text}, {"html", mail->html}});
    } else if (file_.empty()) {
      print(mail->subject + "\n\n" + mail->text);
    }
    return well;
  }

 private:
  std::string what_, kind_, order_, language_, file_;
};

}  // namespace

std::unique_ptr<Command> mail_command(CLI::App& app) {
  return std::make_unique<MailPreview>(app);
}

}  // namespace pos::cli
