// tresen mail preview KIND: a mail of an order as its reader will see it.
// tresen mail test ADDRESS: whether the mail server takes a mail of this till.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "core/store/order_store.h"
#include "pos/cli/say.h"
#include "pos/cli/store.h"
#include "pos/cli/table.h"
#include "pos/config/configuration.h"
#include "pos/config/whole_file.h"
#include "pos/layout/mail_body.h"
#include "pos/layout/mail_samples.h"
#include "pos/runtime/mail_trial.h"

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

class MailCommand final : public Command {
 public:
  explicit MailCommand(CLI::App& app) {
    app.add_option("WHAT", what_, "preview or test")
        ->required()
        ->check(CLI::IsMember({"preview", "test"}));
    app.add_option("KIND", kind_,
                   "Of a preview: new-order, confirmation, fulfilled, ready, downloads, expiring "
                   "or fulfilment-service; of a test: the address")
        ->required();
    app.add_option("--order", order_,
                   "The number of the order that it is about [default: a made-up one]");
    app.add_option("--language", language_, "de or en [default: the customer's]");
    app.add_option("--to", file_, "Write the HTML part to this file")->type_name("FILE");
  }

  Status run(const Common& common) override {
    return what_ == "test" ? test(common) : preview(common);
  }

 private:
  Status preview(const Common& common) const {
    const auto kind = mail_kind(kind_);
    if (!kind) return fail(fmt::format("there is no mail \"{}\"", kind_), wrong_usage);
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const Translations translations = Translations::load();
    const MailSources sources{store->settings.shop, common.data / "templates"};
    std::string language = language_.empty() ? store->settings.shop.language : language_;
    std::optional<syncing::MailContent> mail;
    if (order_.empty()) {
      mail = sample_mail(*kind, translations(language_from(language)), sources,
                         core::SystemClock().now(), store->settings.shop.currency);
    } else {
      const auto order = core::find_order_by_number(store->database, order_);
      if (!order) return fail("there is no order " + order_, attention);
      core::OutboxRow row;
      row.kind = *kind;
      row.order_row = order->row;
      if (!order->fulfilments.empty()) row.subject = order->fulfilments.back().id.uuid;
      if (language_.empty() && !order->customer.language.empty()) {
        language = order->customer.language;
      }
      mail = order_mail(store->database, row, translations(language_from(language)), sources);
    }
    if (!mail) return fail("there is no template for this mail");
    return show(common, *mail);
  }

  Status show(const Common& common, const syncing::MailContent& mail) const {
    if (!file_.empty()) {
      if (const auto why = write_whole(file_, mail.html)) return fail("cannot write " + *why);
    }
    if (common.json) {
      print_json({{"subject", mail.subject}, {"text", mail.text}, {"html", mail.html}});
    } else if (file_.empty()) {
      print(mail.subject + "\n\n" + mail.text);
    }
    return well;
  }

  Status test(const Common& common) const {
    const auto configuration = read_configuration(common.data);
    if (!configuration) return fail(configuration.error());
    auto store = open_for_reading(common);
    if (!store) return cannot;
    const core::SystemClock clock;
    const Translations translations = Translations::load();
    const std::string language = language_.empty() ? store->settings.shop.language : language_;
    MailTrial trial({store->settings, common.data, configuration->secrets.mail_password, 1}, kind_,
                    translations(language_from(language)), clock.now());
    std::optional<MailTrialAnswer> answer;
    while (!(answer = trial.look(clock.now()))) trial.wait(std::chrono::seconds{1});
    if (!answer->works) return fail(answer->words, attention);
    if (common.json) {
      print_json({{"sent", kind_}});
    } else {
      print("taken by the mail server: " + kind_);
    }
    return well;
  }

  std::string what_, kind_, order_, language_, file_;
};

}  // namespace

std::unique_ptr<Command> mail_command(CLI::App& app) {
  return std::make_unique<MailCommand>(app);
}

}  // namespace pos::cli
