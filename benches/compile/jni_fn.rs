#![allow(dead_code)]
use jni::JNIEnv;
use jni::objects::JClass;
use jni::sys::{jint, jlong};
use jni_fn::jni_fn;
