#include "pos/tools/tse_sim_device.h"

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>

#include <array>
#include <charconv>
#include <fstream>
#include <iterator>

#include "core/base/ensure.h"

namespace pos::tse_sim {

namespace {

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// --- the log message: TR-03151, as DER ---

std::string tlv(unsigned char tag, std::string_view value) {
  std::string out(1, static_cast<char>(tag));
  if (value.size() < 0x80) {
    out += static_cast<char>(value.size());
  } else {
    std::string length;
    for (std::size_t n = value.size(); n > 0; n >>= 8U) {
      length.insert(length.begin(), static_cast<char>(n & 0xFFU));
    }
    out += static_cast<char>(0x80U | length.size());
    out += length;
  }
  out += value;
  return out;
}

std::string integer_bytes(std::int64_t value) {
  std::string bytes;
  do {
    bytes.insert(bytes.begin(), static_cast<char>(value & 0xFF));
    value >>= 8;
  } while (value != 0);
  if ((static_cast<unsigned char>(bytes.front()) & 0x80U) != 0) bytes.insert(bytes.begin(), '\0');
  return bytes;
}

constexpr std::string_view transaction_log{"\x04\x00\x7f\x00\x07\x03\x07\x01\x01", 9};
constexpr std::string_view system_log{"\x04\x00\x7f\x00\x07\x03\x07\x01\x02", 9};

// ecdsa-plain-SHA256 and -SHA384 (TR-03111).
std::string algorithm_oid(Curve curve) {
  std::string oid{"\x04\x00\x7f\x00\x07\x01\x01\x04\x01", 9};
  oid += curve == Curve::p256 ? '\x03' : '\x04';
  return oid;
}

// --- the TAR: POSIX ustar ---

constexpr std::size_t tar_block = 512;

std::string tar_member(const std::string& name, std::string_view content, Seconds time) {
  std::string header(tar_block, '\0');
  const auto put = [&](std::size_t at, const std::string& text) {
    std::copy(text.begin(), text.end(), header.begin() + static_cast<std::ptrdiff_t>(at));
  };
  put(0, name.substr(0, 100));
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(124, fmt::format("{:011o}", content.size()));
  put(136, fmt::format("{:011o}", time));
  put(148, "        ");
  put(156, "0");
  put(257, "ustar");
  put(263, "00");
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put(148, fmt::format("{:06o}", sum) + std::string(1, '\0') + " ");
  std::string member = header;
  member += content;
  member.append((tar_block - content.size() % tar_block) % tar_block, '\0');
  return member;
}

// --- certificates ---

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

void name_it(X509_NAME* name, const std::string& common_name) {
  const auto add = [&](const char* field, const std::string& value) {
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, octets(value),
                               static_cast<int>(value.size()), -1, 0);
  };
  add("O", "TEST: this signs nothing that an office takes");
  add("CN", common_name);
}

Certificate certificate_of(EVP_PKEY* key, const std::string& subject, const std::string& issuer,
                           EVP_PKEY* issuer_key, Seconds from, Seconds to) {
  Certificate made(X509_new(), &X509_free);
  X509_set_version(made.get(), 2);
  // Its serial number says TEST, too.
  const std::string serial = "TEST" + random_bytes(8);
  BIGNUM* number = BN_bin2bn(octets(serial), static_cast<int>(serial.size()), nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(made.get()));
  BN_free(number);
  ASN1_TIME_set(X509_getm_notBefore(made.get()), static_cast<time_t>(from));
  ASN1_TIME_set(X509_getm_notAfter(made.get()), static_cast<time_t>(to));
  name_it(X509_get_subject_name(made.get()), subject);
  name_it(X509_get_issuer_name(made.get()), issuer);
  X509_set_pubkey(made.get(), key);
  ENSURE(X509_sign(made.get(), issuer_key, EVP_sha256()) > 0);
  return made;
}

std::string text_in(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(memory);
  return text;
}

std::string pem_of(X509* certificate) {
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(memory, certificate);
  return text_in(memory);
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string point_of(EVP_PKEY* key) {
  std::array<unsigned char, 256> bytes{};
  std::size_t size = 0;
  ENSURE(EVP_PKEY_get_octet_string_param(key, "pub", bytes.data(), bytes.size(), &size) == 1);
  return {reinterpret_cast<const char*>(bytes.data()), size};
}

}  // namespace

std::string base64_of(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), octets(bytes),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.empty()) return std::string();
  if (text.size() % 4 != 0) return {};
  std::string bytes(text.size() / 4 * 3, '\0');
  if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), octets(text),
                      static_cast<int>(text.size())) < 0) {
    return {};
  }
  const std::size_t pads = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  bytes.resize(bytes.size() - pads);
  return bytes;
}

std::string hex_of(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

std::string sha256_of(std::string_view bytes) {
  std::string hash(SHA256_DIGEST_LENGTH, '\0');
  SHA256(octets(bytes), bytes.size(), reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  ENSURE(RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) == 1);
  return bytes;
}

core::Result<std::unique_ptr<Device>, std::string> Device::open(std::filesystem::path folder,
                                                                Curve curve, Seconds now) {
  std::unique_ptr<Device> device(new Device(std::move(folder), curve));
  if (device->folder_.empty()) {
    device->make(now);
    return device;
  }
  std::error_code fault;
  std::filesystem::create_directories(device->folder_, fault);
  if (fault) return tl::unexpected(device->folder_.string() + " cannot be made");
  if (!std::filesystem::exists(device->folder_ / "device.json")) {
    device->make(now);
    device->save();
  } else if (!device->load()) {
    return tl::unexpected(device->folder_.string() + " holds no simulated TSE that can be read");
  }
  return device;
}

void Device::make(Seconds now) {
  key_.reset(EVP_EC_gen(curve_ == Curve::p256 ? "P-256" : "brainpoolP384r1"));
  ENSURE(key_ != nullptr);
  public_key_ = point_of(key_.get());
  serial_ = sha256_of(public_key_);
  constexpr Seconds day = 86400, lasts = 5 * 365 * day;
  certificate_end_ = now + lasts;
  std::unique_ptr<EVP_PKEY, KeyDeleter> authority(EVP_EC_gen("P-256"));
  const std::string issuer = "TEST authority of simulated signing devices";
  const auto leaf = certificate_of(key_.get(), hex_of(serial_), issuer, authority.get(), now - day,
                                   certificate_end_);
  const auto root =
      certificate_of(authority.get(), issuer, issuer, authority.get(), now - day, now + 2 * lasts);
  certificates_ = pem_of(leaf.get()) + pem_of(root.get());
}

void Device::swap(Seconds now) {
  counter_ = last_transaction_ = 0;
  open_.clear();
  delete_records();
  make(now);
  save();
}

std::string Device::algorithm() const {
  return curve_ == Curve::p256 ? "ecdsa-plain-SHA256" : "ecdsa-plain-SHA384";
}

// r and s side by side, each as wide as the curve.
std::string Device::sign(std::string_view message) const {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                  &EVP_MD_CTX_free);
  const EVP_MD* digest = curve_ == Curve::p256 ? EVP_sha256() : EVP_sha384();
  const std::size_t width = curve_ == Curve::p256 ? 32 : 48;
  ENSURE(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1);
  std::array<unsigned char, 256> der{};
  std::size_t size = der.size();
  ENSURE(EVP_DigestSign(context.get(), der.data(), &size, octets(message), message.size()) == 1);
  const unsigned char* at = der.data();
  std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)), &ECDSA_SIG_free);
  ENSURE(pair != nullptr);
  std::string plain(2 * width, '\0');
  auto* out = reinterpret_cast<unsigned char*>(plain.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), out, static_cast<int>(width));
  BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), out + width, static_cast<int>(width));
  return plain;
}

Signed Device::start(const std::string& client, Seconds now) {
  const std::int64_t number = ++last_transaction_;
  open_[number] = client;
  return write_transaction("StartTransaction", number, "", "", now);
}

Signed Device::update(std::int64_t transaction, const std::string& type, const std::string& data,
                      Seconds now) {
  return write_transaction("UpdateTransaction", transaction, type, data, now);
}

Signed Device::finish(std::int64_t transaction, const std::string& type, const std::string& data,
                      Seconds now) {
  Signed answer = write_transaction("FinishTransaction", transaction, type, data, now);
  open_.erase(transaction);
  save();
  return answer;
}

Signed Device::write_transaction(const char* operation, std::int64_t transaction,
                                 const std::string& type, const std::string& data, Seconds now) {
  const std::string client = open_.at(transaction);
  const std::int64_t counter = ++counter_;
  const std::string message = tlv(0x02, "\x02") + tlv(0x06, transaction_log) +
                              tlv(0x80, operation) + tlv(0x81, client) + tlv(0x82, data) +
                              tlv(0x83, type) + tlv(0x85, integer_bytes(transaction)) +
                              tlv(0x04, serial_) + tlv(0x30, tlv(0x06, algorithm_oid(curve_))) +
                              tlv(0x02, integer_bytes(counter)) + tlv(0x02, integer_bytes(now));
  const std::string signature = sign(message);
  std::string place = client;
  std::replace(place.begin(), place.end(), '/', '_');
  const std::string_view verb(operation, std::string_view(operation).find("Transaction"));
  keep({fmt::format("Unixt_{}_Sig-{}_Log-Tra_No-{}_{}_Client-{}.log", now, counter, transaction,
                    verb, place),
        tlv(0x30, message + tlv(0x04, signature)), now, transaction, client});
  return {transaction, counter, now, signature};
}

void Device::log(const std::string& operation, const std::string& data, Seconds now) {
  const std::int64_t counter = ++counter_;
  const std::string message = tlv(0x02, "\x02") + tlv(0x06, system_log) + tlv(0x80, operation) +
                              tlv(0x81, data) + tlv(0x04, serial_) +
                              tlv(0x30, tlv(0x06, algorithm_oid(curve_))) +
                              tlv(0x02, integer_bytes(counter)) + tlv(0x02, integer_bytes(now));
  keep({fmt::format("Unixt_{}_Sig-{}_Log-Sys_{}.log", now, counter, operation),
        tlv(0x30, message + tlv(0x04, sign(message))), now});
}

void Device::keep(Record record) {
  const std::string member = tar_member(record.name, record.content, record.time);
  stored_ += member.size();
  if (!folder_.empty()) {
    std::ofstream(folder_ / "records.tar", std::ios::binary | std::ios::app) << member;
  }
  records_.push_back(std::move(record));
  save();
}

std::string Device::tar(const Filter& filter, Seconds now) const {
  std::string out = tar_member(
      "info.csv",
      fmt::format("\"description:\",\"\",\"manufacturer:\",\"Tresen TEST\",\"version:\",\"1\"\n"),
      now);
  for (const Record& record : records_) {
    if (filter.first != 0 && (record.transaction == 0 || record.transaction < filter.first)) {
      continue;
    }
    if (filter.last != 0 && (record.transaction == 0 || record.transaction > filter.last)) continue;
    if (filter.from != 0 && record.time < filter.from) continue;
    if (filter.to != 0 && record.time > filter.to) continue;
    if (!filter.client.empty() && record.client != filter.client) continue;
    out += tar_member(record.name, record.content, record.time);
  }
  out += tar_member(hex_of(serial_) + "_X509.pem", certificates_, now);
  out.append(2 * tar_block, '\0');
  return out;
}

void Device::delete_records() {
  records_.clear();
  stored_ = 0;
  if (!folder_.empty()) std::ofstream(folder_ / "records.tar", std::ios::trunc);
}

void Device::save() const {
  if (folder_.empty()) return;
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(memory, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
  nlohmann::json open = nlohmann::json::array();
  for (const auto& [number, client] : open_)
    open.push_back({{"number", number}, {"client", client}});
  const auto next = folder_ / "device.json.next";
  std::ofstream(next) << nlohmann::json{
      {"key", text_in(memory)},
      {"curve", curve_ == Curve::p256 ? "p256" : "bp384"},
      {"certificates", certificates_},
      {"certificate_end", certificate_end_},
      {"counter", counter_},
      {"last_transaction", last_transaction_},
      {"open", open},
      {"host", host}}.dump(1);
  std::filesystem::rename(next, folder_ / "device.json");
}

bool Device::load() {
  const auto state = nlohmann::json::parse(text_of(folder_ / "device.json"), nullptr, false);
  if (!state.is_object()) return false;
  curve_ = state.value("curve", "") == "p256" ? Curve::p256 : Curve::brainpool_p384;
  const std::string key = state.value("key", "");
  BIO* memory = BIO_new_mem_buf(key.data(), static_cast<int>(key.size()));
  key_.reset(PEM_read_bio_PrivateKey(memory, nullptr, nullptr, nullptr));
  BIO_free(memory);
  if (!key_) return false;
  public_key_ = point_of(key_.get());
  serial_ = sha256_of(public_key_);
  certificates_ = state.value("certificates", "");
  certificate_end_ = state.value("certificate_end", Seconds{0});
  counter_ = state.value("counter", std::int64_t{0});
  last_transaction_ = state.value("last_transaction", std::int64_t{0});
  for (const auto& entry : state.value("open", nlohmann::json::array())) {
    open_[entry.value("number", std::int64_t{0})] = entry.value("client", "");
  }
  host = state.value("host", nlohmann::json::object());
  const std::string tar = text_of(folder_ / "records.tar");
  for (std::size_t at = 0; at + tar_block <= tar.size();) {
    std::size_t size = 0;
    std::from_chars(&tar[at + 124], &tar[at + 135], size, 8);
    if (at + tar_block + size > tar.size()) break;
    Record record{tar.substr(at, 100), tar.substr(at + tar_block, size)};
    record.name.resize(std::min(record.name.find('\0'), record.name.size()));
    std::from_chars(&tar[at + 136], &tar[at + 147], record.time, 8);
    if (const auto number = record.name.find("_No-"); number != std::string::npos) {
      std::from_chars(&record.name[number + 4], record.name.data() + record.name.size(),
                      record.transaction);
      const auto client = record.name.find("_Client-");
      record.client = record.name.substr(client + 8, record.name.size() - client - 12);
    }
    records_.push_back(std::move(record));
    const std::size_t whole = tar_block + (size + tar_block - 1) / tar_block * tar_block;
    stored_ += whole;
    at += whole;
  }
  return true;
}

}  // namespace pos::tse_sim
