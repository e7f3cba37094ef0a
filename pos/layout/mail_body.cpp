#include "pos/layout/mail_body.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/base/text.h"
#include "core/store/fulfilment_store.h"
#include "core/store/order_store.h"
#include "core/store/receipt_store.h"
#include "core/store/shift_store.h"
#include "pos/config/places.h"
#include "pos/layout/day_layout.h"
#include "pos/layout/mail_layout.h"
#include "pos/layout/order_mail.h"
#include "pos/layout/receipt_words.h"
#include "pos/layout/slip_text.h"
#include "pos/ui/format.h"

namespace pos {

namespace {

constexpr std::size_t largest_template = 64 << 10;

std::optional<std::string> read_template(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return {};
  std::string text(std::istreambuf_iterator<char>(stream), {});
  if (text.empty() || text.size() > largest_template) return {};
  return core::file_text(text);
}

std::vector<Download> downloads_of(core::Database& database, const core::Order& order,
                                   const core::Fulfilment* fulfilment) {
  std::vector<Download> all;
  for (const core::LineItem& line : order.lines) {
    const bool in_it =
        !fulfilment || std::any_of(fulfilment->lines.begin(), fulfilment->lines.end(),
                                   [&](const auto& part) { return part.line == line.id; });
    if (!in_it || (!line.digital && !line.gift_card)) continue;
    all.push_back({line.id, core::download_link(database, line.sku)});
  }
  return all;
}

// The mails of the shop are in its own language, the customer's in his.
bool is_for_customer(core::OutboxKind kind) {
  return kind != core::OutboxKind::mail_new_order && kind != core::OutboxKind::mail_expiring &&
         kind != core::OutboxKind::mail_fulfilment_service;
}

std::optional<syncing::MailContent> receipt_body(core::Database& database,
                                                 const core::OutboxRow& row,
                                                 const Translations& translations) {
  const auto receipt = core::load_receipt(database, row.receipt_row);
  if (!receipt) return {};
  return receipt_mail(*receipt, translations(language_of(*receipt)));
}

// The slip as text, in letters of one width.
std::optional<syncing::MailContent> z_report_body(core::Database& database,
                                                  const core::OutboxRow& row,
                                                  const Translations& translations) {
  const auto receipt = core::load_receipt(database, row.receipt_row);
  const auto document = receipt ? core::load_day_document(database, *receipt) : std::nullopt;
  const auto* said = document ? std::get_if<core::ShiftDocument>(&*document) : nullptr;
  if (!said) return {};
  const Words& words = translations(language_of(*receipt));
  syncing::MailContent mail;
  mail.from_name = receipt->shop.name;
  mail.subject = words.fill("Z report {}", {number_text(said->shift.z_number, words.language())}) +
                 " · " + receipt->shop.name;
  mail.text = slip_text(day_slip(*receipt, *document, core::SlipForm::original, words, "text"));
  mail.html =
      "<pre style=\"font-family:monospace;font-size:14px\">" + escape_html(mail.text) + "</pre>";
  return mail;
}

}  // namespace

std::optional<std::string> mail_template(core::OutboxKind kind, Language language,
                                         const MailSources& sources) {
  std::string name(core::word(kind));
  std::replace(name.begin(), name.end(), ' ', '_');
  name += "." + std::string(code_of(language)) + ".txt";
  if (!sources.own.empty()) {
    if (auto text = read_template(sources.own / name)) return text;
  }
  return read_template(assets_folder() / "templates" / name);
}

std::optional<syncing::MailContent> order_mail(core::Database& database, const core::OutboxRow& row,
                                               const Words& words, const MailSources& sources) {
  const auto order = core::load_order(database, row.order_row);
  const auto text = mail_template(row.kind, words.language(), sources);
  if (!order || !text) return {};
  const auto at = std::find_if(
      order->fulfilments.begin(), order->fulfilments.end(),
      [&](const core::Fulfilment& fulfilment) { return fulfilment.id.uuid == row.subject; });
  const core::Fulfilment* fulfilment = at == order->fulfilments.end() ? nullptr : &*at;
  auto mail = fill_template(*text,
                            placeholders(*order, sources.shop, fulfilment,
                                         downloads_of(database, *order, fulfilment), words),
                            words.language());
  mail.from_name = sources.shop.name;
  return mail;
}

syncing::MailBody mail_body(const Translations& translations, MailSources sources) {
  return [&translations, sources = std::move(sources)](
             core::Database& database,
             const core::OutboxRow& row) -> std::optional<syncing::MailContent> {
    if (row.kind == core::OutboxKind::mail_receipt) {
      return receipt_body(database, row, translations);
    }
    if (row.kind == core::OutboxKind::mail_z_report) {
      return z_report_body(database, row, translations);
    }
    std::string wanted = sources.shop.language;
    if (is_for_customer(row.kind)) {
      const auto order = core::load_order(database, row.order_row);
      if (order && !order->customer.language.empty()) wanted = order->customer.language;
    }
    return order_mail(database, row, translations(language_from(wanted)), sources);
  };
}

}  // namespace pos
