#include "drivers/terminal/nexo/codec.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "core/base/base64.h"
#include "drivers/wire/json.h"

namespace drivers::nexo {

namespace {

using core::from_base64, core::to_base64;
using wire::amount_from, wire::in_quotes, wire::member, wire::object, wire::read_json,
    wire::text_at;

using nlohmann::json;

// Writing.

std::string text(std::string_view value) {
  return value.empty() ? std::string() : in_quotes(value);
}
std::string flag(bool value) {
  return value ? "true" : "false";
}
std::string write(const Header& header) {
  return object({{"ProtocolVersion", in_quotes("3.0")},
                 {"MessageClass", in_quotes(header.message_class)},
                 {"MessageCategory", in_quotes(header.category)},
                 {"MessageType", in_quotes(header.type)},
                 {"ServiceID", text(header.service_id)},
                 {"DeviceID", text(header.device_id)},
                 {"SaleID", in_quotes(header.sale_id)},
                 {"POIID", in_quotes(header.poi_id)}});
}
std::string write(const TransactionName& name) {
  return object({{"TransactionID", in_quotes(name.id)}, {"TimeStamp", text(name.moment)}});
}
std::string write(const Reference& of) {
  return object({{"MessageCategory", text(of.category)},
                 {"SaleID", text(of.sale_id)},
                 {"ServiceID", text(of.service_id)},
                 {"POIID", text(of.poi_id)}});
}
std::string write(const Outcome& outcome) {
  return object({{"Result", in_quotes(outcome.result)},
                 {"ErrorCondition", text(outcome.error)},
                 {"AdditionalResponse", text(outcome.more)}});
}

std::string sale_data(const TransactionName& sale, std::string_view currency = {}) {
  const std::string to_acquirer =
      currency.empty() ? std::string() : in_quotes("currency=" + std::string(currency));
  return object({{"SaleTransactionID", write(sale)}, {"SaleToAcquirerData", to_acquirer}});
}

std::string body(const Other&) {
  return "{}";
}
std::string body(const PaymentRequest& request) {
  const std::string amounts = object({{"Currency", in_quotes(request.amount.currency.text())},
                                      {"RequestedAmount", core::to_plain(request.amount)}});
  return object({{"SaleData", sale_data(request.sale)},
                 {"PaymentTransaction", object({{"AmountsReq", amounts}})}});
}
std::string body(const StatusRequest& request) {
  return object({{"ReceiptReprintFlag", flag(true)},
                 {"DocumentQualifier", "[\"CashierReceipt\",\"CustomerReceipt\"]"},
                 {"MessageReference", write(request.of)}});
}
std::string body(const AbortRequest& request) {
  return object(
      {{"AbortReason", in_quotes("MerchantAbort")}, {"MessageReference", write(request.of)}});
}
std::string body(const ReversalRequest& request) {
  std::string amount, currency;
  if (request.amount) {
    amount = core::to_plain(*request.amount);
    currency = request.amount->currency.text();
  }
  return object(
      {{"OriginalPOITransaction", object({{"POITransactionID", write(request.original)}})},
       {"ReversalReason", in_quotes("MerchantCancel")},
       {"ReversedAmount", amount},
       {"SaleData", sale_data(request.sale, currency)}});
}
std::string body(const DiagnosisRequest& request) {
  return object({{"HostDiagnosisFlag", flag(request.asks_host)}});
}
std::string body(const DisplayRequest& request) {
  const std::string content =
      object({{"OutputFormat", in_quotes("Text")},
              {"OutputText", "[" + object({{"Text", in_quotes(request.text)}}) + "]"}});
  return object({{"DisplayOutput", "[" +
                                       object({{"Device", in_quotes("CustomerDisplay")},
                                               {"InfoQualify", in_quotes("Display")},
                                               {"OutputContent", content}}) +
                                       "]"}});
}
std::string write(const Slip& slip) {
  std::string lines;
  for (const std::string& line : slip.lines) {
    lines += (lines.empty() ? "" : ",") + object({{"Text", in_quotes(line)}});
  }
  return object({{"DocumentQualifier",
                  in_quotes(slip.is_for_customer ? "CustomerReceipt" : "CashierReceipt")},
                 {"RequiredSignatureFlag", flag(slip.needs_signature)},
                 {"OutputContent", object({{"OutputFormat", in_quotes("Text")},
                                           {"OutputText", "[" + lines + "]"}})}});
}
std::string body(const PaymentResponse& response) {
  std::string slips, amounts;
  for (const Slip& slip : response.slips) slips += (slips.empty() ? "" : ",") + write(slip);
  if (!response.amount.empty()) {
    amounts = object({{"Currency", in_quotes(response.currency)},
                      {"AuthorizedAmount", response.amount},
                      {"TipAmount", response.tip}});
  }
  const std::string pan =
      response.pan_end.empty() ? std::string() : in_quotes("**** " + response.pan_end);
  const std::string card = object({{"MaskedPan", pan}, {"PaymentBrand", text(response.brand)}});
  const std::string result =
      object({{"AmountsResp", amounts},
              {"PaymentInstrumentData", object({{"CardData", card}})},
              {"PaymentAcquirerData", object({{"ApprovalCode", text(response.approval)}})}});
  return object({{"Response", write(response.outcome)},
                 {"SaleData", sale_data(response.sale)},
                 {"POIData", object({{"POITransactionID", write(response.poi)}})},
                 {"PaymentResult", result},
                 {"PaymentReceipt", slips.empty() ? std::string() : "[" + slips + "]"}});
}
std::string body(const ReversalResponse& response) {
  return object({{"Response", write(response.outcome)},
                 {"POIData", object({{"POITransactionID", write(response.poi)}})}});
}
std::string body(const StatusResponse& response) {
  std::string repeated;
  if (response.payment) repeated = object({{"PaymentResponse", body(*response.payment)}});
  if (response.reversal) repeated = object({{"ReversalResponse", body(*response.reversal)}});
  if (!repeated.empty()) repeated = object({{"RepeatedResponseMessageBody", repeated}});
  return object({{"Response", write(response.outcome)},
                 {"MessageReference", write(response.of)},
                 {"RepeatedMessageResponse", repeated}});
}
std::string body(const DiagnosisResponse& response) {
  return object({{"Response", write(response.outcome)},
                 {"POIStatus", object({{"GlobalStatus", text(response.state)}})}});
}
std::string body(const DisplayResponse& response) {
  return object({{"OutputResult", "[" + object({{"Response", write(response.outcome)}}) + "]"}});
}
std::string body(const Event& event) {
  return object({{"EventToNotify", text(event.name)}, {"EventDetails", text(event.details)}});
}

constexpr std::array<const char*, std::variant_size_v<Body>> names{"Other",
                                                                   "PaymentRequest",
                                                                   "TransactionStatusRequest",
                                                                   "AbortRequest",
                                                                   "ReversalRequest",
                                                                   "DiagnosisRequest",
                                                                   "DisplayRequest",
                                                                   "PaymentResponse",
                                                                   "ReversalResponse",
                                                                   "TransactionStatusResponse",
                                                                   "DiagnosisResponse",
                                                                   "DisplayResponse",
                                                                   "EventNotification"};

// Reading. What is missing is empty.

Header header_in(const json& from) {
  return {text_at(from, "MessageClass"), text_at(from, "MessageCategory"),
          text_at(from, "MessageType"),  text_at(from, "ServiceID"),
          text_at(from, "DeviceID"),     text_at(from, "SaleID"),
          text_at(from, "POIID")};
}
TransactionName name_in(const json& from) {
  return {text_at(from, "TransactionID"), text_at(from, "TimeStamp")};
}
TransactionName sale_in(const json& from) {
  return name_in(member(member(from, "SaleData"), "SaleTransactionID"));
}
TransactionName poi_in(const json& from) {
  return name_in(member(member(from, "POIData"), "POITransactionID"));
}
Reference reference_in(const json& from) {
  const json& of = member(from, "MessageReference");
  return {text_at(of, "MessageCategory"), text_at(of, "SaleID"), text_at(of, "ServiceID"),
          text_at(of, "POIID")};
}
Outcome outcome_in(const json& from) {
  const json& response = member(from, "Response");
  return {text_at(response, "Result"), text_at(response, "ErrorCondition"),
          text_at(response, "AdditionalResponse")};
}
bool flag_at(const json& from, const char* name) {
  const json& value = member(from, name);
  return value.is_boolean() && value.get<bool>();
}
std::string last_four(std::string_view pan) {
  std::string end;
  for (auto at = pan.rbegin(); at != pan.rend() && end.size() < 4; ++at) {
    if (std::isdigit(static_cast<unsigned char>(*at)) == 0) break;
    end.insert(end.begin(), *at);
  }
  return end;
}
std::optional<Slip> slip_in(const json& from) {
  const std::string whose = text_at(from, "DocumentQualifier");
  if (whose != "CustomerReceipt" && whose != "CashierReceipt") return {};
  Slip slip{whose == "CustomerReceipt", flag_at(from, "RequiredSignatureFlag"), {}};
  for (const json& line : member(member(from, "OutputContent"), "OutputText")) {
    slip.lines.push_back(text_at(line, "Text"));
  }
  return slip;
}
PaymentResponse payment_in(const json& from) {
  PaymentResponse response;
  response.outcome = outcome_in(from);
  response.sale = sale_in(from);
  response.poi = poi_in(from);
  const json& result = member(from, "PaymentResult");
  const json& amounts = member(result, "AmountsResp");
  response.amount = text_at(amounts, "AuthorizedAmount");
  response.tip = text_at(amounts, "TipAmount");
  response.currency = text_at(amounts, "Currency");
  const json& card = member(member(result, "PaymentInstrumentData"), "CardData");
  response.pan_end = last_four(text_at(card, "MaskedPan"));
  response.brand = text_at(card, "PaymentBrand");
  response.approval = text_at(member(result, "PaymentAcquirerData"), "ApprovalCode");
  if (const json& slips = member(from, "PaymentReceipt"); slips.is_array()) {
    for (const json& slip : slips) {
      if (auto read = slip_in(slip)) response.slips.push_back(std::move(*read));
    }
  }
  return response;
}
ReversalResponse reversal_in(const json& from) {
  return {outcome_in(from), poi_in(from)};
}
core::Money amount_in(const json& from, const char* name, const std::string& currency) {
  return amount_from(text_at(from, name), core::currency_from(currency)).value_or(core::Money{});
}

Body read_body(std::size_t kind, const json& from) {
  switch (kind) {
    case 1: {
      const json& amounts = member(member(from, "PaymentTransaction"), "AmountsReq");
      return PaymentRequest{sale_in(from),
                            amount_in(amounts, "RequestedAmount", text_at(amounts, "Currency"))};
    }
    case 2:
      return StatusRequest{reference_in(from)};
    case 3:
      return AbortRequest{reference_in(from)};
    case 4: {
      ReversalRequest request{
          name_in(member(member(from, "OriginalPOITransaction"), "POITransactionID")),
          {},
          sale_in(from)};
      const std::string form = text_at(member(from, "SaleData"), "SaleToAcquirerData");
      constexpr std::string_view names_currency = "currency=";
      if (member(from, "ReversedAmount").is_string() && form.starts_with(names_currency)) {
        request.amount = amount_in(from, "ReversedAmount", form.substr(names_currency.size(), 3));
      }
      return request;
    }
    case 5:
      return DiagnosisRequest{flag_at(from, "HostDiagnosisFlag")};
    case 6: {
      DisplayRequest request;
      const json& outputs = member(from, "DisplayOutput");
      if (outputs.is_array() && !outputs.empty()) {
        const json& lines = member(member(outputs.front(), "OutputContent"), "OutputText");
        if (lines.is_array() && !lines.empty()) request.text = text_at(lines.front(), "Text");
      }
      return request;
    }
    case 7:
      return payment_in(from);
    case 8:
      return reversal_in(from);
    case 9: {
      StatusResponse response{outcome_in(from), reference_in(from), {}, {}};
      const json& repeated =
          member(member(from, "RepeatedMessageResponse"), "RepeatedResponseMessageBody");
      const json& payment = member(repeated, "PaymentResponse");
      const json& reversal = member(repeated, "ReversalResponse");
      if (payment.is_object()) response.payment = payment_in(payment);
      if (reversal.is_object()) response.reversal = reversal_in(reversal);
      return response;
    }
    case 10:
      return DiagnosisResponse{outcome_in(from),
                               text_at(member(from, "POIStatus"), "GlobalStatus")};
    case 11: {
      const json& results = member(from, "OutputResult");
      return DisplayResponse{results.is_array() && !results.empty() ? outcome_in(results.front())
                                                                    : Outcome{}};
    }
    case 12:
      return Event{text_at(from, "EventToNotify"), text_at(from, "EventDetails")};
    default:
      return Other{};
  }
}

// What the envelope holds, whichever it is; null where there is none.
const json& content_of(const json& document) {
  const json& request = member(document, "SaleToPOIRequest");
  return request.is_object() ? request : member(document, "SaleToPOIResponse");
}

std::string envelope_of(const Header& header, std::string_view content) {
  return object({{header.type == "Response" ? "SaleToPOIResponse" : "SaleToPOIRequest",
                  std::string(content)}});
}

std::optional<Locked> locked_in(const json& content) {
  const json& trailer = member(content, "SecurityTrailer");
  const auto blob = from_base64(text_at(content, "NexoBlob"));
  const auto nonce = from_base64(text_at(trailer, "Nonce"));
  const auto mac = from_base64(text_at(trailer, "Hmac"));
  Locked locked;
  if (!blob || !nonce || !mac || nonce->size() != locked.trailer.nonce.size()) return {};
  locked.blob = *blob;
  std::copy(nonce->begin(), nonce->end(), locked.trailer.nonce.begin());
  locked.trailer.mac = *mac;
  locked.trailer.key_id = text_at(trailer, "KeyIdentifier");
  const std::string version = text_at(trailer, "KeyVersion");
  const auto read =
      std::from_chars(version.data(), version.data() + version.size(), locked.trailer.key_version);
  if (read.ec != std::errc()) return {};
  return locked;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// One value of a form-encoded text; broken escapes stay as they are.
std::string form_value(std::string_view form, std::string_view name) {
  while (!form.empty()) {
    const auto end = form.find('&');
    const std::string_view pair = form.substr(0, end);
    form = end == form.npos ? std::string_view() : form.substr(end + 1);
    const auto equals = pair.find('=');
    if (equals == pair.npos || pair.substr(0, equals) != name) continue;
    std::string value;
    for (std::size_t i = equals + 1; i < pair.size(); ++i) {
      const int high = pair[i] == '%' && i + 2 < pair.size() ? hex_digit(pair[i + 1]) : -1;
      const int low = high >= 0 ? hex_digit(pair[i + 2]) : -1;
      if (low >= 0) {
        value += static_cast<char>(high * 16 + low);
        i += 2;
      } else {
        value += pair[i] == '+' ? ' ' : pair[i];
      }
    }
    return value;
  }
  return {};
}

}  // namespace

std::string write(const Message& message) {
  const std::string inside = std::visit([](const auto& what) { return body(what); }, message.body);
  return envelope_of(message.header, object({{"MessageHeader", write(message.header)},
                                             {names[message.body.index()], inside}}));
}

core::Result<Message, ReadError> read(std::string_view document) {
  const auto read = read_json(document);
  if (!read) return tl::unexpected(ReadError::not_nexo);
  const json& content = content_of(*read);
  if (!member(content, "MessageHeader").is_object()) return tl::unexpected(ReadError::not_nexo);
  Message message{header_in(member(content, "MessageHeader")), Other{}};
  for (std::size_t kind = 1; kind < names.size(); ++kind) {
    const json& body = member(content, names[kind]);
    if (body.is_object()) message.body = read_body(kind, body);
  }
  return message;
}

std::string wrap(const Header& header, const Locked& locked) {
  const Trailer& trailer = locked.trailer;
  const std::string_view nonce(reinterpret_cast<const char*>(trailer.nonce.data()),
                               trailer.nonce.size());
  const std::string written = object({{"AdyenCryptoVersion", "1"},
                                      {"KeyIdentifier", in_quotes(trailer.key_id)},
                                      {"KeyVersion", std::to_string(trailer.key_version)},
                                      {"Nonce", in_quotes(to_base64(nonce))},
                                      {"Hmac", in_quotes(to_base64(trailer.mac))}});
  return envelope_of(header, object({{"MessageHeader", write(header)},
                                     {"NexoBlob", in_quotes(to_base64(locked.blob))},
                                     {"SecurityTrailer", written}}));
}

std::string write_locked(const Message& message, const SharedKey& key, const Nonce& nonce) {
  return wrap(message.header, lock(write(message), key.keys, key.id, key.version, nonce));
}

core::Result<std::string, ReadError> unwrap(std::string_view text, const SharedKey& key) {
  const auto read = read_json(text);
  if (!read) return tl::unexpected(ReadError::not_nexo);
  const json& content = content_of(*read);
  if (!content.is_object()) return tl::unexpected(ReadError::not_nexo);
  if (!member(content, "NexoBlob").is_string()) return tl::unexpected(ReadError::not_locked);
  const auto locked = locked_in(content);
  auto document = locked ? unlock(*locked, key.keys) : tl::unexpected(Unreadable{});
  // Which key it was is only looked at by those who hold the right one, or to
  // tell the shop what to check: no decision hangs on it.
  if (!document) {
    const bool is_ours =
        !locked || (locked->trailer.key_id == key.id && locked->trailer.key_version == key.version);
    return tl::unexpected(is_ours ? ReadError::unreadable : ReadError::other_key);
  }
  if (locked->trailer.key_id != key.id || locked->trailer.key_version != key.version) {
    return tl::unexpected(ReadError::other_key);
  }
  return *document;
}

core::Result<Message, ReadError> read_locked(std::string_view text, const SharedKey& key) {
  const auto document = unwrap(text, key);
  if (!document) return tl::unexpected(document.error());
  auto message = read(*document);
  if (!message) return message;
  const auto outside = read_json(text);
  if (header_in(member(content_of(*outside), "MessageHeader")) != message->header) {
    return tl::unexpected(ReadError::headers_differ);
  }
  return message;
}

std::string message_in(std::string_view more) {
  return form_value(more, "message");
}

std::string line_in(std::string_view form) {
  const std::string name = form_value(form, "name"), value = form_value(form, "value");
  return value.empty() ? name : name + "  " + value;
}

}  // namespace drivers::nexo
