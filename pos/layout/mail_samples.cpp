#include "pos/layout/mail_samples.h"

#include "pos/layout/order_mail.h"

namespace pos {

namespace {

core::Uuid sample_id(std::uint8_t n) {
  core::Uuid id;
  id.bytes[15] = n;
  return id;
}

core::LineItem sample_line(std::uint8_t n, const char* title, core::Money price,
                           std::int64_t pieces) {
  core::LineItem line;
  line.id = {sample_id(n)};
  line.title = title;
  line.sku = "SKU-" + std::to_string(n);
  line.unit_price = price;
  line.quantity = core::pieces(pieces);
  line.tax_rate = {1900};
  return line;
}

}  // namespace

core::Order sample_order(core::Instant now, core::Currency currency) {
  core::Order order;
  order.id = {sample_id(1)};
  order.number = "#1001";
  order.channel = "online";
  order.stage = core::Stage::open;
  order.currency = currency;
  order.customer = {"Henrike Vogt", "vogt@example.org", ""};
  order.delivery = core::Delivery::shipping;
  order.address.name = "Henrike Vogt";
  order.address.street = "Am Markt 3";
  order.address.postcode = "37073";
  order.address.city = "Göttingen";
  order.created = order.placed = now;
  order.version = 1;
  order.lines = {sample_line(11, "Olivenöl nativ extra 0,5 l", {1290, currency}, 2),
                 sample_line(12, "Kochbuch (PDF)", {900, currency}, 1),
                 sample_line(13, "Gutschein", {2500, currency}, 1)};
  order.lines[1].digital = true;
  order.lines[2].gift_card = true;
  order.cash_rounding = {0, currency};
  core::Payment payment;
  payment.id = {sample_id(21)};
  payment.kind = core::TransactionKind::authorization;
  payment.tender = core::Tender::card;
  payment.amount = payment.given = {5980, currency};
  payment.at = now;
  payment.expires = now + std::chrono::hours(24 * 2);
  payment.version = 1;
  order.payments = {payment};
  core::Fulfilment parcel;
  parcel.id = {sample_id(31)};
  for (const core::LineItem& line : order.lines) parcel.lines.push_back({line.id, line.quantity});
  parcel.carrier = "DHL";
  parcel.tracking_number = "JD0146000038";
  parcel.at = now;
  order.fulfilments = {parcel};
  return order;
}

std::optional<syncing::MailContent> sample_mail(core::OutboxKind kind, const Words& words,
                                                const MailSources& sources, core::Instant now,
                                                core::Currency currency) {
  const auto text = mail_template(kind, words.language(), sources);
  if (!text) return {};
  const core::Order order = sample_order(now, currency);
  const std::vector<Download> downloads{{order.lines[1].id, "https://example.org/d/4711"},
                                        {order.lines[2].id, "GUT-7Q2M-99XA"}};
  auto mail = fill_template(
      *text, placeholders(order, sources.shop, &order.fulfilments[0], downloads, words),
      words.language());
  mail.from_name = sources.shop.name;
  return mail;
}

}  // namespace pos
