#include "core/fiscal/qr.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

#include "core/base/base64.h"
#include "core/base/text.h"

namespace core::fiscal {

namespace {

constexpr std::size_t fields_before = 3;  // V0, till, processType
constexpr std::size_t fields_behind = 8;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = -1;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size() || value < 0) return {};
  return value;
}

std::string_view take_first(std::string_view& rest) {
  const std::size_t end = rest.find(';');
  const std::string_view field = rest.substr(0, end);
  rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  return field;
}

std::string_view take_last(std::string_view& rest) {
  const std::size_t begin = rest.rfind(';') + 1;  // npos + 1 is 0
  const std::string_view field = rest.substr(begin);
  rest.remove_suffix(rest.size() - (begin == 0 ? 0 : begin - 1));
  return field;
}

}  // namespace

std::string qr_text(const SignedReceipt& receipt) {
  return fmt::format("V0;{};{};{};{};{};{};{};{};{};{};{}", receipt.till, receipt.process.type,
                     receipt.process.data, receipt.transaction, receipt.counter,
                     to_iso(receipt.started), to_iso(receipt.finished), receipt.algorithm,
                     receipt.time_format, to_base64(receipt.signature),
                     to_base64(receipt.public_key));
}

std::string_view in_words(QrFault fault) {
  switch (fault) {
    case QrFault::no_qr:
      return "it is none of a German receipt (V0 and 11 fields)";
    case QrFault::transaction:
      return "the transaction number is none";
    case QrFault::counter:
      return "the signature counter is none";
    case QrFault::started:
      return "the time of the start is none";
    case QrFault::finished:
      return "the log time is none";
    case QrFault::signature:
      return "the signature is not BASE64";
    case QrFault::public_key:
      return "the public key is not BASE64";
  }
  return "";
}

Result<SignedReceipt, QrFault> qr_from(std::string_view text) {
  std::string_view rest = trim(text);
  std::size_t separators = 0;
  for (const char c : rest) separators += c == ';' ? 1 : 0;
  if (separators < fields_before + fields_behind) return tl::unexpected(QrFault::no_qr);
  if (take_first(rest) != "V0") return tl::unexpected(QrFault::no_qr);

  SignedReceipt read;
  read.till = take_first(rest);
  read.process.type = take_first(rest);
  const auto public_key = from_base64(take_last(rest));
  const auto signature = from_base64(take_last(rest));
  read.time_format = take_last(rest);
  read.algorithm = take_last(rest);
  const auto finished = from_iso(take_last(rest));
  const auto started = from_iso(take_last(rest));
  const auto counter = whole_number(take_last(rest));
  const auto transaction = whole_number(take_last(rest));
  read.process.data = rest;

  if (!transaction) return tl::unexpected(QrFault::transaction);
  if (!counter) return tl::unexpected(QrFault::counter);
  if (!started) return tl::unexpected(QrFault::started);
  if (!finished) return tl::unexpected(QrFault::finished);
  if (!signature) return tl::unexpected(QrFault::signature);
  if (!public_key) return tl::unexpected(QrFault::public_key);
  read.transaction = *transaction;
  read.counter = *counter;
  read.started = *started;
  read.finished = *finished;
  read.signature = *signature;
  read.public_key = *public_key;
  return read;
}

}  // namespace core::fiscal
