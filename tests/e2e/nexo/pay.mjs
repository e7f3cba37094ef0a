// usage: pay.mjs URL ROOT.pem PASSPHRASE KEY-ID KEY-VERSION POIID
// A payment and a question about it by Adyen's own library against our simulated
// terminal: it must decrypt what we encrypt, and we what it encrypts.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";

const require = createRequire(pathToFileURL(path.join(process.cwd(), "x.js")));
const { Client, Config, TerminalLocalAPI } = require("@adyen/api-library");
const [url, root, passphrase, id, version, poiid] = process.argv.slice(2);

const config = new Config({ environment: "TEST", certificatePath: root, terminalApiLocalEndpoint: "https://127.0.0.1", apiKey: "none" });
const api = new TerminalLocalAPI(new Client(config));
Object.defineProperty(api.localRequest, "endpoint", { value: url });
const key = { KeyIdentifier: id, KeyVersion: Number(version), Passphrase: passphrase, AdyenCryptoVersion: 1 };
const header = (category, service) => ({
  ProtocolVersion: "3.0", MessageClass: "Service", MessageCategory: category, MessageType: "Request",
  ServiceID: service, SaleID: "OUTSIDE", POIID: poiid,
});

const paid = await api.request({ SaleToPOIRequest: {
  MessageHeader: header("Payment", "outside1"),
  PaymentRequest: {
    SaleData: { SaleTransactionID: { TransactionID: "o-1", TimeStamp: "2026-11-25T10:00:00Z" } },
    PaymentTransaction: { AmountsReq: { Currency: "EUR", RequestedAmount: 8.7 } },
  } } }, key);
const payment = paid.SaleToPOIResponse.PaymentResponse;
console.log("payment", payment.Response.Result, payment.PaymentResult.AmountsResp.AuthorizedAmount);

const asked = await api.request({ SaleToPOIRequest: {
  MessageHeader: header("TransactionStatus", "outside2"),
  TransactionStatusRequest: {
    ReceiptReprintFlag: false,
    MessageReference: { MessageCategory: "Payment", SaleID: "OUTSIDE", ServiceID: "outside1" },
  } } }, key);
const status = asked.SaleToPOIResponse.TransactionStatusResponse;
const repeated = status.RepeatedMessageResponse.RepeatedResponseMessageBody.PaymentResponse;
console.log("status", status.Response.Result, repeated.PaymentResult.AmountsResp.AuthorizedAmount);
